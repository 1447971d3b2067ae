#!/bin/bash
# What a node does at each boot, before containerd and the kubelet.
set -o errexit -o nounset -o pipefail

# Pod network without kindnetd: the Pods' subnet is made of the last byte of the node's own address, and the node answers
# ARP for its Pods on kind's Docker network, so that nodes reach each other's Pods with no controller.
address=$(ip -4 -o addr show dev eth0 | awk '{split($4, a, "/"); print a[1]; exit}')
cat > /etc/cni/net.d/10-kbevents.conflist <<EOF
{
  "cniVersion": "0.3.1",
  "name": "kbevents",
  "plugins": [
    {
      "type": "ptp",
      "ipMasq": true,
      "mtu": 1500,
      "ipam": {
        "type": "host-local",
        "dataDir": "/run/cni-ipam-state",
        "ranges": [[{"subnet": "10.244.${address##*.}.0/24"}]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
EOF
sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.eth0.proxy_arp=1 net.ipv4.neigh.eth0.proxy_delay=0
ip route replace 10.244.0.0/16 dev eth0

# A Service's address that kube-proxy has not translated (yet) must not leave for the host's gateway: it may well answer.
for chain in FORWARD OUTPUT; do
  iptables -A "$chain" -d 10.96.0.0/16 -j REJECT
done

# The kubelet would write these, and they are the host's kernel's: show it what it wants to see.
mkdir -p /run/kbevents-sysctl
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  shown=/run/kbevents-sysctl/${setting%%=*}
  mkdir -p "${shown%/*}"
  echo "${setting#*=}" > "$shown"
  mount --bind "$shown" "/proc/sys/${setting%%=*}"
done
