// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/poolsteps.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype TagLength = 4;
constexpr char ProtectedBit = '\x80'; ///< in the last byte of tags that ExFreePoolWithTag must name

/// A pool tag in the forms that the tools take.
class PoolTag
{
public:
    explicit PoolTag(const QByteArray &bytes)
        : m_raw(bytes.leftJustified(TagLength, ' ', true))
        , m_typed(m_raw)
    {
        m_typed.back() = static_cast<char>(m_typed.back() & ~ProtectedBit);
    }

    [[nodiscard]] bool canBeTyped() const
    {
        return std::ranges::all_of(m_typed, [](char c) { return c >= ' ' && c <= '~' && c != '"'; });
    }
    [[nodiscard]] bool hasBlank() const { return m_typed.contains(' '); }

    [[nodiscard]] QString typed() const { return QString::fromLatin1(m_typed); }
    /// In quotes where a command line would cut it otherwise.
    [[nodiscard]] QString quoted() const { return hasBlank() ? u'"' + typed() + u'"' : typed(); }
    /// WinDbg's own wildcard for what cannot be typed at its prompt.
    [[nodiscard]] QString pattern() const
    {
        QString text = typed();
        for (QChar &c : text) {
            if (c <= u' ' || c > u'~' || c == u'"' || c == u'*')
                c = u'?';
        }
        return text;
    }
    /// The number that the four bytes are in memory.
    [[nodiscard]] QString number() const
    {
        quint32 value = 0;
        for (qsizetype i = TagLength; i-- > 0;)
            value = (value << 8) | static_cast<quint8>(m_raw[i]);
        return u"0x"_s + QString::number(value, 16).rightJustified(8, u'0');
    }
    [[nodiscard]] QByteArray typedBytes() const { return m_typed; }

private:
    QByteArray m_raw;
    QByteArray m_typed;
};

/// Tags of objects that handles and references hold: Object Reference Tracing knows them.
bool isObjectTag(const QByteArray &tag)
{
    constexpr std::array<const char *, 10> Tags{
        "File", "Proc", "Thre", "Toke", "Even", "Muta", "Sema", "Sect", "Key ", "Job "};
    return std::ranges::any_of(Tags, [&](const char *known) { return tag == known; });
}

/// "afd.sys" of what a pool tag file or a scan says of the owner; empty when that names no driver file.
QString driverFile(const QByteArray &driver)
{
    static const QRegularExpression file(
        u"[A-Za-z0-9_.-]+\\.sys"_s, QRegularExpression::CaseInsensitiveOption);
    return file.match(QString::fromLatin1(driver)).captured();
}

void addLooks(std::vector<NextStep> &steps, const PoolTag &tag, PoolType type)
{
    const bool paged = type == PoolType::Paged;
    if (tag.canBeTyped()) {
        const QString drivers = u"\"%SystemRoot%\\System32\\drivers\\*.sys\""_s;
        steps.push_back({u"Which driver files hold the tag"_s, u"cmd"_s,
            u"findstr /m /l /c:\""_s + tag.typed() + u"\" "_s + drivers,
            u"Lists files that contain the four bytes. A hit may be chance; a driver elsewhere is missed. "
            u"Costs nothing."_s});
    }
    steps.push_back({u"What the tag holds now"_s, u"WinDbg, live or on a dump"_s,
        u"!poolused "_s + (paged ? u'4' : u'2') + u' ' + tag.pattern(),
        u"Allocations and bytes of the tag, by "_s + (paged ? u"paged"_s : u"nonpaged"_s)
            + u" pool. Without a debugger cable: livekd, then the same command."_s});
    steps.push_back({u"Where its blocks are"_s, u"WinDbg, live or on a dump"_s,
        u"!poolfind "_s + (tag.pattern() == tag.typed() ? tag.typed() : tag.number())
            + (paged ? u" 1"_s : u" 0"_s),
        u"Lists the blocks; then !pool ADDRESS 2 and dc ADDRESS show what is in one. Can take an hour."_s});
}

void addStacks(std::vector<NextStep> &steps, const PoolTag &tag)
{
    steps.push_back({u"Stop at the next allocation"_s, u"WinDbg, live kernel debugging"_s,
        u"ed nt!poolhittag "_s + tag.number() + u"\ng\nkb\ned nt!poolhittag 0"_s,
        u"Breaks at every allocation and free of the tag; kb shows who asked; the last line ends it. "
        u"The machine stands still at each break."_s});
    if (!tag.canBeTyped())
        return;
    steps.push_back({u"Who allocates and does not free, with stacks"_s, u"cmd as administrator"_s,
        u"xperf -on Base+CSwitch+POOL -stackwalk PoolAlloc+PoolFree -PoolTag "_s + tag.quoted()
            + u" -BufferSize 1024 -MaxBuffers 1024 -MaxFile 2048 -FileMode Circular\n"
              u"timeout /t 60\nxperf -d C:\\pool.etl"_s,
        u"Records only this tag; open C:\\pool.etl in Windows Performance Analyzer, graph Pool, type AIFO "
        u"(allocated inside, freed outside). From the Windows Performance Toolkit; up to 1 GB of memory."_s});
}

void addTracking(std::vector<NextStep> &steps, const PoolTag &tag, const QByteArray &driver)
{
    if (isObjectTag(tag.typedBytes())) {
        const QString name = tag.quoted();
        steps.push_back({u"Who holds references to the objects"_s, u"cmd as administrator, then WinDbg"_s,
            u"gflags /ko /t "_s + name + u"\n!obtrace OBJECT\ngflags /ko -d"_s,
            u"Object Reference Tracing with stacks of each reference; OBJECT is an address that !poolfind "
            u"listed. The last line ends it. First look which process has most handles: Task Manager, "
            u"Details, column Handles."_s});
    }
    if (const QString file = driverFile(driver); !file.isEmpty()) {
        steps.push_back({u"Track every allocation of the driver"_s, u"cmd as administrator, then restart"_s,
            u"verifier /flags 0x8 /driver "_s + file,
            u"Driver Verifier's pool tracking: !verifier 3 "_s + file
                + u" lists what is outstanding; unloading with leaks stops the machine (0xC4, 0x62). End "
                  u"with "
                  u"verifier /reset. Slows the driver down; not for production."_s});
    }
    if (tag.canBeTyped()) {
        steps.push_back({u"Catch writes behind its blocks"_s, u"cmd as administrator"_s,
            u"gflags /k +spp "_s + tag.quoted(),
            u"Special pool for the tag until restart: only if the pool is also damaged. Takes a page for "
            u"each block."_s});
    }
}

} // namespace

std::vector<NextStep> poolSteps(const TagEntry &entry)
{
    const PoolTag tag(entry.tag.bytes);
    std::vector<NextStep> steps;
    addLooks(steps, tag, entry.tag.type);
    addStacks(steps, tag);
    addTracking(steps, tag, entry.driver);
    return steps;
}

} // namespace poolscope
