"""The functions that Kubernetes adds to CEL, one family a file; what fails raises ValueError with cel-go's words."""
