# Sourced: `debian program=package…` installs of Debian the packages whose programs are missing.
debian() {
  local each wanted=()
  for each in "$@"; do
    command -v "${each%%=*}" >/dev/null || [ -x "/usr/sbin/${each%%=*}" ] || wanted+=("${each#*=}")
  done
  if [ ${#wanted[@]} -gt 0 ]; then
    apt-get update -qq
    # Debian starts what it installs; here the tests start it, on ports of their own.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
  fi
}
