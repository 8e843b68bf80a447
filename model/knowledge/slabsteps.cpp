// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/slabsteps.h"

#include "model/core/tagtext.h"
#include "model/knowledge/shellquote.h"

#include <QRegularExpression>

#include <array>
#include <optional>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The size that a general cache serves, "kmalloc-cg-1k" 1024; nullopt for any other cache.
std::optional<int> kmallocSize(const QString &cache)
{
    static const QRegularExpression name(u"^(?:dma-)?kmalloc-(?:[a-z]+-)*(?:\\d\\d-)?(\\d+)(k?)$"_s);
    const QRegularExpressionMatch match = name.match(cache);
    if (!match.hasMatch())
        return std::nullopt;
    constexpr int Kibi = 1024;
    return match.captured(1).toInt() * (match.capturedLength(2) > 0 ? Kibi : 1);
}

/// Where a user process can be seen to hold objects of a cache.
struct Holder
{
    QStringView pattern; ///< of the cache's name
    QStringView title;
    QStringView command;
    QStringView note;
};

constexpr QStringView DescriptorCounts = u"for p in /proc/[0-9]*; do echo \"$(ls $p/fd 2>/dev/null | wc -l) "
                                         u"${p#/proc/} $(cat $p/comm 2>/dev/null)\"; "
                                         u"done | sort -rn | head";

constexpr std::array<Holder, 9> Holders{{
    {u"^(filp|lsm_file_cache|pipe_inode_cache|sock_inode_cache|eventpoll_.*|inotify_.*|dnotify_.*|"
     u"fsnotify_.*|userfaultfd_.*|io_kiocb|eventfd.*|timerfd.*|inode_cache|shmem_inode_cache)$",
        u"Which process has most files open", DescriptorCounts,
        u"Descriptors, process id and name of each; objects of this cache are mostly held by descriptors."},
    {u"^(task_struct|pid.*|signal_cache|sighand_cache|cred.*|files_cache|mm_struct|vm_area_struct|anon_vma.*|"
     u"thread_stack.*|task_group|delayacct_cache|taskstats)$",
        u"Processes that ended and were not waited for, and the busiest parents",
        u"ps -eo stat=,ppid=,pid=,nlwp=,comm= --sort=-nlwp | awk '$1 ~ /^Z/ || NR <= 10'",
        u"Z marks zombies: their parent (second column) leaks them. The fourth column counts threads."},
    {u"^posix_timers_cache$", u"Which process has timers",
        u"grep -c ^ID /proc/[0-9]*/timers 2>/dev/null | sort -t: -k2 -rn | head",
        u"Timers that timer_create made and nobody deleted."},
    {u"^key_jar$", u"Whose keys they are", u"cat /proc/key-users; keyctl show 2>/dev/null",
        u"Keys by user; the second number of a line counts them."},
    {u"^mnt_cache$", u"Which process has most mounts",
        u"wc -l /proc/[0-9]*/mountinfo 2>/dev/null | sort -rn | head",
        u"A mount namespace that grows belongs to the process that lists most."},
    {u"^(TCP.*|UDP.*|UNIX.*|RAW.*|request_sock_.*|tw_sock_.*|skbuff.*|sock.*|AF_.*|PING.*|MPTCP.*|xfrm.*)$",
        u"Which sockets there are and who holds them", u"ss -s; ss -tuxanpm | sort -k1,1 | tail -40",
        u"Sockets by kind, then with process and memory."},
    {u"^net_namespace$", u"Network namespaces and who holds them", u"lsns -t net",
        u"A namespace without a process is held by a mount or a descriptor."},
    {u"^(file_lock_cache|file_lease_cache|file_lock_ctx)$", u"Who holds locks",
        u"awk '{print $5}' /proc/locks | sort | uniq -c | sort -rn | head", u"Locks by process id."},
    {u"^(nf_conntrack.*|xt_.*|nft_.*)$", u"Connections that are tracked",
        u"sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max",
        u"A table that fills up to its limit is no leak."},
}};

void addCheapLooks(std::vector<NextStep> &steps, const QString &cache, const TagEntry &entry)
{
    const QString quoted = shellQuoted(cache);
    for (const Holder &holder : Holders) {
        if (QRegularExpression(holder.pattern.toString()).match(cache).hasMatch())
            steps.push_back({holder.title.toString(), u"shell as root"_s, holder.command.toString(),
                holder.note.toString()});
    }
    if (entry.tag.type == PoolType::Paged) {
        steps.push_back({u"Whether the kernel takes it back"_s, u"shell as root"_s,
            u"grep "_s + shellQuoted(u'^' + cache + u' ')
                + u" /proc/slabinfo; sync; echo 2 > /proc/sys/vm/drop_caches; grep "_s
                + shellQuoted(u'^' + cache + u' ') + u" /proc/slabinfo"_s,
            u"Drops caches of names and inodes and compares: what goes was cache, what stays is held. File "
            u"access is slower for a while."_s});
    }
    steps.push_back({u"Which caches share its memory"_s, u"shell as root"_s,
        u"for l in /sys/kernel/slab/*; do if [ \"$(readlink -f \"$l\")\" = \"$(readlink -f /sys/kernel/slab/"_s
            + quoted + u")\" ]; then echo \"${l##*/}\"; fi; done"_s,
        u"Caches of like size are merged: the leak may be of any name that this prints. "
        u"slab_nomerge at boot keeps them apart."_s});
}

void addStacks(std::vector<NextStep> &steps, const QString &cache)
{
    const std::optional<int> size = kmallocSize(cache);
    const QString event = size ? u"kmem:kmalloc"_s : u"kmem:kmem_cache_alloc"_s;
    QString name = cache;
    name.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    const QString probe =
        size ? u"/args->bytes_alloc == %1/"_s.arg(*size) : u"/str(args->name) == \"%1\"/"_s.arg(name);
    const QString shared = size ? u" All caches of this size are seen, whatever their kind."_s : QString();
    steps.push_back({u"Who allocates, with stacks"_s, u"shell as root"_s,
        u"bpftrace -e "_s
            + shellQuoted(u"tracepoint:"_s + event + u' ' + probe
                + u" { @[comm, kstack(8)] = count(); } interval:s:10 { exit(); }"_s),
        u"Counts for ten seconds by process and call path; the last printed is the most frequent. No "
        u"restart; "
        u"a few percent of CPU while it runs. From bpftrace 0.19 on write args.name for args->name."_s
            + shared});
    const QString freed = size ? u"tracepoint:kmem:kfree"_s : u"tracepoint:kmem:kmem_cache_free"_s;
    steps.push_back({u"Who allocates and does not free"_s, u"shell as root"_s,
        u"BPFTRACE_MAP_KEYS_MAX=1000000 bpftrace -e "_s
            + shellQuoted(u"tracepoint:"_s + event + u' ' + probe + u" { @held[args->ptr] = kstack(8); } "_s
                + freed + u" { delete(@held[args->ptr]); } interval:s:30 { exit(); }"_s)
            + u" > held.txt"_s,
        u"What was allocated in half a minute and is still there, each with its stack, in held.txt."_s
            + shared});
    const QString filter = size ? u"bytes_alloc==%1"_s.arg(*size) : u"name==\"%1\""_s.arg(name);
    steps.push_back({u"The same with perf"_s, u"shell as root"_s,
        u"perf record -a -g -e "_s + event + u" --filter "_s + shellQuoted(filter)
            + u" -- sleep 10; perf report --stdio --no-children -g caller"_s,
        u"Where bpftrace is not to be had. Writes perf.data into this folder."_s + shared});
}

void addRestarts(std::vector<NextStep> &steps, const QString &cache)
{
    const QString quoted = shellQuoted(cache);
    steps.push_back({u"Every object that is held, by the stack that allocated it"_s,
        u"kernel command line, then shell as root"_s,
        u"slub_debug=U,"_s + cache + u"\nsort -rn /sys/kernel/debug/slab/"_s + quoted
            + u"/alloc_traces | head -40"_s,
        u"The first line goes to the kernel command line (slab_debug= on newer kernels) and needs a restart; "
        u"the second lists counts, age and stacks. Objects grow: compare counts, not bytes, with before."_s});
    steps.push_back({u"Memory that nobody points to any more"_s, u"shell as root"_s,
        u"echo scan > /sys/kernel/debug/kmemleak; sleep 60; echo scan > /sys/kernel/debug/kmemleak; "
        u"cat /sys/kernel/debug/kmemleak"_s,
        u"Needs a kernel with CONFIG_DEBUG_KMEMLEAK started with kmemleak=on. Finds lost pointers, not what "
        u"a "
        u"list or a descriptor still holds."_s});
    steps.push_back({u"The objects themselves"_s, u"crash, on the live kernel or a dump"_s,
        u"crash /usr/lib/debug/boot/vmlinux-$(uname -r)\nkmem -s "_s + cache + u"\nkmem -S "_s + cache,
        u"Needs the kernel's debug symbols; -S lists every object's address, rd ADDRESS 32 shows one, search "
        u"-k ADDRESS who points to it."_s});
}

} // namespace

std::vector<NextStep> slabSteps(const TagEntry &entry)
{
    const QString cache = escapedTag(entry.tag.bytes);
    std::vector<NextStep> steps;
    addCheapLooks(steps, cache, entry);
    addStacks(steps, cache);
    addRestarts(steps, cache);
    return steps;
}

} // namespace poolscope
