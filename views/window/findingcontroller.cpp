// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/findingcontroller.h"

#include "model/analysis/findingtext.h"
#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"
#include "views/window/bannerstack.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString bannerKey(const Tag &tag)
{
    return u"finding.%1.%2"_s.arg(static_cast<int>(tag.type)).arg(QLatin1StringView(tag.bytes.toHex()));
}

QString inStepText(const Frame &frame, const Finding &finding)
{
    constexpr size_t Named = 2;
    const std::vector<TagId> others = frame.findings->inStepWith(finding);
    if (others.empty())
        return {};
    QStringList names;
    for (size_t i = 0; i < std::min(Named, others.size()); ++i)
        names += escapedTag((*frame.tags)[others[i]].tag.bytes);
    if (others.size() > Named)
        names += FindingController::tr("%1 more").arg(others.size() - Named);
    return others.size() == 1 ? FindingController::tr("%1 grows with it").arg(names.first())
                              : FindingController::tr("%1 grow with it").arg(names.join(u", "_s));
}

/// By bytes where they are known, else by the count of objects.
QString growthText(const Finding &finding)
{
    QString text = FindingController::tr("leaks");
    if (finding.bytesPerHour > 0) {
        text = FindingController::tr("is growing %1").arg(rateIntervalText(finding));
    } else if (finding.outstandingPerHour > 0) {
        text = FindingController::tr("is growing by %1 objects/h")
                   .arg(groupedText(Counter(std::llround(finding.outstandingPerHour))));
    }
    const auto lasted = std::chrono::duration_cast<std::chrono::nanoseconds>(finding.judgedOver);
    return lasted.count() > 0 ? FindingController::tr("%1, for %2").arg(text, elapsedText(lasted)) : text;
}

} // namespace

QString findingBannerText(const Frame &frame, const Finding &finding)
{
    const TagEntry &entry = (*frame.tags)[finding.id];
    QString text = escapedTag(entry.tag.bytes);
    if (const QString type = poolTypeTitle(entry.tag.type, frame.sample->origin->kind); !type.isEmpty())
        text += u" ("_s + type.toLower() + u')';
    text += u' ' + growthText(finding);
    if (const QString others = inStepText(frame, finding); !others.isEmpty())
        text += u"; "_s + others;
    return text + u'.';
}

FindingController::FindingController(BannerStack &banners, QObject *parent)
    : QObject(parent)
    , m_banners(banners)
{
    connect(&banners, &BannerStack::answered, this, [this](const QString &key) {
        if (m_shown.removeAll(key) > 0)
            m_answered.insert(key);
    });
}

void FindingController::setFrame(const FramePtr &frame)
{
    const bool isKnown = m_frame && frame->findings == m_frame->findings;
    m_frame = frame;
    if (isKnown)
        return;
    QStringList wanted;
    if (frame->findings) {
        for (const Finding &finding : frame->findings->ranked()) {
            if (finding.verdict != Verdict::Leak || wanted.size() == MostBanners)
                break;
            const QString key = bannerKey((*frame->tags)[finding.id].tag);
            if (m_answered.contains(key) || !frame->findings->leadsItsGroup(finding))
                continue;
            wanted += key;
            say(key, finding);
        }
    }
    for (const QString &key : std::exchange(m_shown, wanted)) {
        if (!wanted.contains(key))
            m_banners.dismiss(key);
    }
}

void FindingController::say(const QString &key, const Finding &finding)
{
    const QString text = findingBannerText(*m_frame, finding);
    if (m_shown.contains(key)) {
        m_banners.updateText(key, text);
        return;
    }
    const Tag tag = (*m_frame->tags)[finding.id].tag;
    m_banners.post(key,
        {BannerKind::Notice, text,
            {{tr("Chart"), [this, tag] { emit chartWanted(tag); }},
                {tr("Details"), [this, tag] { emit detailsWanted(tag); }}},
            u"rising"_s, true});
}

void FindingController::clear()
{
    for (const QString &key : std::as_const(m_shown))
        m_banners.dismiss(key);
    m_shown.clear();
    m_answered.clear();
    m_frame.reset();
}

} // namespace poolscope
