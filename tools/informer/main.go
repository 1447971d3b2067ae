// The informer is a controller as the field writes one: controller-runtime, with a cache over Events and Pods, speaking
// JSON. It says on stdout, one JSON document a line, what its informers and its reconcilers see, so that a test can
// compare that with what was done:
//
//	{"see":"synced"}                                                the caches are filled
//	{"see":"add","kind":"Pod","namespace":"n","name":"p","resourceVersion":"7","object":{...}}
//	{"see":"reconcile","kind":"Event","namespace":"n","name":"e","resourceVersion":"9","found":true}
//	{"see":"error","error":"..."}                                   a reconcile's write was refused
//
// "see" is also update and delete; a reconcile of what is gone has found false. With -mark KEY each reconcile of a Pod
// writes the annotation KEY=seen by a merge patch, where it is not there yet.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"sync"

	"github.com/go-logr/logr"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"
	toolscache "k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

const jsonType = "application/json"

type line struct {
	See             string        `json:"see"`
	Kind            string        `json:"kind,omitempty"`
	Namespace       string        `json:"namespace,omitempty"`
	Name            string        `json:"name,omitempty"`
	ResourceVersion string        `json:"resourceVersion,omitempty"`
	Found           *bool         `json:"found,omitempty"`
	Object          client.Object `json:"object,omitempty"`
	Error           string        `json:"error,omitempty"`
}

var (
	writing sync.Mutex
	out     = json.NewEncoder(os.Stdout)
)

func say(l line) {
	writing.Lock()
	defer writing.Unlock()
	if err := out.Encode(l); err != nil {
		os.Exit(1) // nobody listens any more
	}
}

func fail(err error) {
	say(line{See: "error", Error: err.Error()})
	os.Exit(1)
}

func main() {
	flags := flag.NewFlagSet("informer", flag.ExitOnError) // the default set has a -kubeconfig of controller-runtime's
	kubeconfig := flags.String("kubeconfig", os.Getenv("KUBECONFIG"), "the cluster")
	namespace := flags.String("namespace", "", "see this namespace only")
	mark := flags.String("mark", "", "annotate each Pod that is reconciled with this key")
	_ = flags.Parse(os.Args[1:]) // it exits on errors
	ctrl.SetLogger(logr.Discard())

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fail(err)
	}
	if err := run(config, *namespace, *mark); err != nil {
		fail(err)
	}
}

func run(config *rest.Config, namespace, mark string) error {
	config.ContentType, config.AcceptContentTypes = jsonType, jsonType
	options := manager.Options{Metrics: server.Options{BindAddress: "0"}}
	if namespace != "" {
		options.Cache.DefaultNamespaces = map[string]cache.Config{namespace: {}}
	}
	mgr, err := ctrl.NewManager(config, options)
	if err != nil {
		return err
	}
	ctx := ctrl.SetupSignalHandler()
	for _, object := range []client.Object{&corev1.Event{}, &corev1.Pod{}} {
		if err := follow(ctx, mgr, object, mark); err != nil {
			return err
		}
	}
	if err := mgr.Add(manager.RunnableFunc(func(ctx context.Context) error {
		if mgr.GetCache().WaitForCacheSync(ctx) {
			say(line{See: "synced"})
		}
		return nil
	})); err != nil {
		return err
	}
	return mgr.Start(ctx)
}

func follow(ctx context.Context, mgr ctrl.Manager, object client.Object, mark string) error {
	gvk, err := apiutil.GVKForObject(object, mgr.GetScheme())
	if err != nil {
		return err
	}
	informer, err := mgr.GetCache().GetInformer(ctx, object)
	if err != nil {
		return err
	}
	saw := func(what string, of any) {
		if gone, ok := of.(toolscache.DeletedFinalStateUnknown); ok {
			of = gone.Obj
		}
		seen := of.(client.Object)
		say(line{
			See: what, Kind: gvk.Kind, Namespace: seen.GetNamespace(), Name: seen.GetName(),
			ResourceVersion: seen.GetResourceVersion(), Object: seen,
		})
	}
	if _, err := informer.AddEventHandler(toolscache.ResourceEventHandlerFuncs{
		AddFunc:    func(of any) { saw("add", of) },
		UpdateFunc: func(_, of any) { saw("update", of) },
		DeleteFunc: func(of any) { saw("delete", of) },
	}); err != nil {
		return err
	}
	return ctrl.NewControllerManagedBy(mgr).For(object).Complete(&reconciler{mgr.GetClient(), object, gvk.Kind, mark})
}

type reconciler struct {
	client client.Client
	object client.Object
	kind   string
	mark   string
}

func (r *reconciler) Reconcile(ctx context.Context, request reconcile.Request) (reconcile.Result, error) {
	object := r.object.DeepCopyObject().(client.Object)
	err := r.client.Get(ctx, request.NamespacedName, object)
	if client.IgnoreNotFound(err) != nil {
		return reconcile.Result{}, err
	}
	found := err == nil
	say(line{
		See: "reconcile", Kind: r.kind, Namespace: request.Namespace, Name: request.Name,
		ResourceVersion: object.GetResourceVersion(), Found: &found,
	})
	if !found || r.mark == "" || r.kind != "Pod" {
		return reconcile.Result{}, nil
	}
	err = r.annotate(ctx, object)
	if client.IgnoreNotFound(err) != nil {
		say(line{See: "error", Kind: r.kind, Namespace: request.Namespace, Name: request.Name, Error: err.Error()})
		return reconcile.Result{}, err
	}
	return reconcile.Result{}, nil
}

func (r *reconciler) annotate(ctx context.Context, object client.Object) error {
	if object.GetAnnotations()[r.mark] == "seen" {
		return nil
	}
	before := object.DeepCopyObject().(client.Object)
	annotations := maps.Clone(object.GetAnnotations())
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[r.mark] = "seen"
	object.SetAnnotations(annotations)
	return r.client.Patch(ctx, object, client.MergeFrom(before))
}
