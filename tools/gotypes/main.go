// Prints what OpenAPI does not say of Kubernetes' types: how each field is declared in Go. A pointer keeps its zero value on
// the wire where a value with omitempty loses it, and the decoder's errors name Go's types.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/client-go/kubernetes/scheme"
)

// field is one field as Go declares it.
type field struct {
	Type      string `json:"type"`
	OmitEmpty bool   `json:"omitempty,omitempty"`
	OmitZero  bool   `json:"omitzero,omitempty"`
}

var structs = map[string]map[string]field{}

func main() {
	if err := apiextensions.AddToScheme(scheme.Scheme); err != nil {
		panic(err)
	}
	for _, known := range scheme.Scheme.AllKnownTypes() {
		visit(known)
	}
	if err := json.NewEncoder(os.Stdout).Encode(structs); err != nil {
		panic(err)
	}
}

// visit notes a struct and all that it can hold.
func visit(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		visit(t.Elem())
	case reflect.Struct:
		name := definition(t)
		if _, seen := structs[name]; seen || t.Name() == "" {
			return
		}
		fields := map[string]field{}
		structs[name] = fields
		collect(t, fields)
	}
}

func collect(t reflect.Type, fields map[string]field) {
	for i := range t.NumField() {
		member := t.Field(i)
		tag, tagged := member.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case member.Anonymous && name == "":
			embedded := member.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			if embedded.Kind() == reflect.Struct {
				collect(embedded, fields)
			}
		case tagged && name != "-" && member.IsExported():
			fields[name] = field{
				Type:      member.Type.String(),
				OmitEmpty: strings.Contains(options, "omitempty"),
				OmitZero:  strings.Contains(options, "omitzero"),
			}
			visit(member.Type)
		}
	}
}

// definition is the name that OpenAPI gives a type.
func definition(t reflect.Type) string {
	host, path, _ := strings.Cut(t.PkgPath(), "/")
	parts := strings.Split(host, ".")
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.Join(parts, ".") + "." + strings.ReplaceAll(path, "/", ".") + "." + t.Name()
}
