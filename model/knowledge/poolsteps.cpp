// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/poolsteps.h"

#include "model/core/pooltag.h"
#include "model/core/tagtext.h"

#include <QRegularExpression>
#include <QStringList>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A pool tag in the forms that the tools take.
class PoolTag
{
public:
    explicit PoolTag(const QByteArray &bytes)
        : m_raw(paddedPoolTag(bytes))
        , m_typed(withoutProtectedBit(m_raw))
    {
    }

    /// In a command line of cmd, which replaces %NAME% even between quotes.
    [[nodiscard]] bool canBeTyped() const
    {
        return std::ranges::all_of(m_typed, [](char c) { return c >= ' ' && c <= '~' && c != '"'; })
            && m_typed.count('%') < 2;
    }

    [[nodiscard]] QString typed() const { return QString::fromLatin1(m_typed); }
    /// In quotes where cmd would cut the tag or make something else of it.
    [[nodiscard]] QString quoted() const
    {
        const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || c == u'_'; };
        return std::ranges::all_of(typed(), isPlain) ? typed() : u'"' + typed() + u'"';
    }
    /// WinDbg's own wildcard for what cannot be typed at its prompt.
    [[nodiscard]] QString pattern() const
    {
        QString text = typed();
        for (QChar &c : text) {
            if (c <= u' ' || c > u'~' || c == u'"' || c == u'*' || c == u';')
                c = u'?';
        }
        return text;
    }
    /// The number that the four bytes are in memory.
    [[nodiscard]] QString number() const { return numberOf(m_raw); }
    [[nodiscard]] QByteArray typedBytes() const { return m_typed; }
    [[nodiscard]] bool isProtected() const { return m_raw != m_typed; }
    /// Without the protected bit.
    [[nodiscard]] QString plainNumber() const { return numberOf(m_typed); }

private:
    [[nodiscard]] static QString numberOf(const QByteArray &bytes)
    {
        const auto value = qFromLittleEndian<quint32>(bytes.constData());
        return u"0x"_s + QString::number(value, 16).rightJustified(8, u'0');
    }

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

/// "a.sys b.sys" of what a pool tag file, a note or a scan says of the owner, "a.sys/b.sys - what for";
/// empty when that names no driver files. A sentence that mentions one is none.
QString driverFiles(const QByteArray &driver)
{
    static const QRegularExpression separator(u"/|\\]\\[|\\s+or\\s+"_s);
    static const QRegularExpression file(u"^<?([\\w.-]+\\.sys)>?$"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const QString text = driverText(driver);
    const QString owner = text.section(u" - "_s, 0, 0);
    QStringList files;
    for (const QString &name : owner.split(separator)) {
        if (const auto match = file.match(name.trimmed()); match.hasMatch())
            files << match.captured(1);
    }
    files.removeDuplicates();
    return files.join(u' ');
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
    steps.push_back({u"How full the pools are"_s, u"WinDbg, live or on a dump"_s, u"!vm 1"_s,
        u"Sizes and limits of both pools beside the commit charge: whether this tag is what runs out."_s});
    steps.push_back({u"What the tag holds now"_s, u"WinDbg, live or on a dump"_s,
        u"!poolused "_s + (paged ? u'4' : u'2') + u' ' + tag.pattern(),
        u"Allocations and bytes of the tag, by "_s + (paged ? u"paged"_s : u"nonpaged"_s)
            + u" pool. Without a debugger cable: livekd, then the same command."_s});
    steps.push_back({u"Where its blocks are"_s, u"WinDbg, live or on a dump"_s,
        u"!poolfind "_s + (tag.pattern() == tag.typed() ? tag.typed() : tag.number())
            + (paged ? u" 1"_s : u" 0"_s),
        u"Lists the blocks; then !pool ADDRESS 2 and dc ADDRESS show what is in one. Can take an hour. "
        u"With 2 in place of the last number it looks in special pool, with 4 in session pool."_s});
}

void addBreakpoint(std::vector<NextStep> &steps, const PoolTag &tag)
{
    QString note = u"Breaks at every allocation and free of the tag; kb shows who asked; the last line ends "
                   u"it. The machine stands still at each break."_s;
    if (tag.isProtected()) {
        note =
            u"Breaks at every allocation of the tag; kb shows who asked; the last line ends it. The tag has "
            u"the protected bit, which frees are compared without: for those write %1. The machine stands "
            u"still at each break."_s.arg(tag.plainNumber());
    }
    steps.push_back({u"Stop at the next allocation"_s, u"WinDbg, live kernel debugging"_s,
        u"ed nt!poolhittag "_s + tag.number() + u"\ng\nkb\ned nt!poolhittag 0"_s, note});
}

void addStacks(std::vector<NextStep> &steps, const PoolTag &tag)
{
    // xperf takes several tags with + between them.
    if (tag.canBeTyped() && !tag.typed().contains(u'+')) {
        steps.push_back({u"Who allocates and does not free, with stacks"_s, u"cmd as administrator"_s,
            u"xperf -on Base+CSwitch+POOL -stackwalk PoolAlloc+PoolFree+PoolAllocSession+PoolFreeSession "
            u"-PoolTag "_s
                + tag.quoted()
                + u" -BufferSize 1024 -MaxBuffers 1024 -MaxFile 2048 -FileMode Circular\n"
                  u"timeout /t 60\nxperf -d C:\\pool.etl"_s,
            u"Records only this tag; open C:\\pool.etl in Windows Performance Analyzer, graph Pool, type "
            u"AIFO "
            u"(allocated inside, freed outside). From the Windows Performance Toolkit; up to 1 GB of memory."_s});
    }
    steps.push_back({u"The same with what Windows brings"_s, u"cmd as administrator"_s,
        u"wpr -start Pool -filemode\ntimeout /t 10\nwpr -stop C:\\pool.etl"_s,
        u"Records all tags: a minute on a busy machine can be 13 GB and starve it. Keep it short. For whole "
        u"stacks run wpr -disablepagingexecutive on and restart before."_s});
}

void addReferences(std::vector<NextStep> &steps, const PoolTag &tag)
{
    if (!isObjectTag(tag.typedBytes()))
        return;
    steps.push_back({u"Record who takes references to the objects"_s, u"cmd as administrator"_s,
        u"gflags /ko /t "_s + tag.quoted(),
        u"Object Reference Tracing, with the stack of each reference from now on; gflags /ko -d ends it. "
        u"First "
        u"look which process has most handles: Task Manager, Details, column Handles."_s});
    steps.push_back(
        {u"Who holds references to an object"_s, u"WinDbg, live or on a dump"_s, u"!obtrace OBJECT"_s,
            u"OBJECT is the address of an object made while the tracing was on, as !poolfind or !handle list "
            u"them."_s});
}

void addTracking(std::vector<NextStep> &steps, const PoolTag &tag, const QByteArray &driver)
{
    if (const QString files = driverFiles(driver); !files.isEmpty()) {
        steps.push_back({u"Track every allocation of the driver"_s, u"cmd as administrator, then restart"_s,
            u"verifier /flags 0x8 /driver "_s + files,
            u"Driver Verifier's pool tracking: !verifier 3 "_s + files.section(u' ', 0, 0)
                + u" lists what is outstanding; unloading with leaks stops the machine (0xC4, 0x62). End "
                  u"with verifier /reset. Without a restart, for drivers that are not loaded yet: verifier "
                  u"/volatile /flags 0x8 /adddriver "_s
                + files + u". Slows the driver down; not for production."_s});
    }
    if (tag.canBeTyped()) {
        steps.push_back({u"Catch writes behind its blocks"_s, u"cmd as administrator"_s,
            u"gflags /k +spp "_s + tag.quoted(),
            u"Special pool for the tag until restart, with /r in place of /k after the next one: only if the "
            u"pool is also damaged. Takes a page for each block."_s});
    }
}

} // namespace

std::vector<NextStep> poolSteps(const TagEntry &entry)
{
    const PoolTag tag(entry.tag.bytes);
    std::vector<NextStep> steps;
    addLooks(steps, tag, entry.tag.type);
    addBreakpoint(steps, tag);
    addStacks(steps, tag);
    addReferences(steps, tag);
    addTracking(steps, tag, entry.driver);
    return steps;
}

} // namespace poolscope
