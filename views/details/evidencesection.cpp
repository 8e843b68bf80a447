// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/evidencesection.h"

#include "model/analysis/exhaustion.h"
#include "model/analysis/findingtext.h"
#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "views/details/detailslabel.h"

#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr size_t MostInStep = 12; ///< more are counted

QString verdictLine(const Finding &finding)
{
    const QString word = QString::fromLatin1(verdictWord(finding.verdict));
    const QString line = word.at(0).toUpper() + word.sliced(1) + u" – "_s + verdictText(finding);
    return finding.verdict == Verdict::Steady
        ? line
        : EvidenceSection::tr("%1 (confidence %2)").arg(line).arg(finding.confidence, 0, 'f', 2);
}

QString reasonLines(const Finding &finding, const SystemReading &system)
{
    QStringList lines{reasonText(finding)};
    const QString rate = rateIntervalText(finding);
    if (!std::isnan(finding.bytesPerHour) && finding.verdict != Verdict::Steady && !lines[0].contains(rate))
        lines += EvidenceSection::tr("Growth that is never given back: %1").arg(rate);
    if (finding.flaggedSince) {
        lines += EvidenceSection::tr("Called a leak since %1")
                     .arg(toDateTime(*finding.flaggedSince).toString(u"yyyy-MM-dd HH:mm:ss"_s));
    }
    if (finding.freedFraction) {
        lines += EvidenceSection::tr("Given back after the test: %1 %")
                     .arg(std::lround(*finding.freedFraction * 100));
    }
    if (const auto exhaustion = timeToExhaustion(finding, system))
        lines += EvidenceSection::tr("If it goes on, %1").arg(exhaustionText(*exhaustion));
    return lines.join(u'\n');
}

} // namespace

EvidenceSection::EvidenceSection(QWidget *parent)
    : QWidget(parent)
    , m_verdict(makeDetailsLabel(u"details.verdict"_s, this))
    , m_reason(makeDetailsLabel(u"details.reason"_s, this))
    , m_inStep(makeDetailsLabel(u"details.inStep"_s, this))
{
    QFont bold = font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_inStep->setTextFormat(Qt::RichText);
    m_inStep->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_inStep, &QLabel::linkActivated, this, [this](const QString &link) {
        const auto place = static_cast<size_t>(link.toUInt());
        if (place < m_tagsInStep.size())
            emit tagChosen(m_tagsInStep[place]);
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_verdict);
    layout->addWidget(m_reason);
    layout->addWidget(m_inStep);
    clear();
}

void EvidenceSection::setFinding(const Frame &frame, TagId id)
{
    const Finding *finding = frame.findings ? frame.findings->of(id) : nullptr;
    if (!finding) {
        clear();
        return;
    }
    m_verdict->setText(verdictLine(*finding));
    m_reason->setText(reasonLines(*finding, frame.findings->system()));
    showInStep(frame, *finding);
    setVisible(true);
}

void EvidenceSection::showInStep(const Frame &frame, const Finding &finding)
{
    m_tagsInStep.clear();
    QStringList links;
    const std::vector<TagId> others = frame.findings->inStepWith(finding);
    for (const TagId other : others) {
        if (m_tagsInStep.size() == MostInStep)
            break;
        const Tag &tag = (*frame.tags)[other].tag;
        const QString name = escapedTag(tag.bytes).toHtmlEscaped();
        links += u"<a href=\"%1\">%2</a>"_s.arg(m_tagsInStep.size()).arg(name);
        m_tagsInStep.push_back(tag);
    }
    m_inStep->setVisible(!links.isEmpty());
    const QString title = finding.verdict == Verdict::Leak
        ? tr("Grows in step with (one leak, several tags): %1")
        : tr("Grows in step with: %1");
    QString text = title.arg(links.join(u", "_s));
    if (others.size() > m_tagsInStep.size())
        text += tr(" and %1 more").arg(others.size() - m_tagsInStep.size());
    // Only when it changed: a link would lose the focus.
    if (m_inStep->text() != text)
        m_inStep->setText(text);
}

void EvidenceSection::clear()
{
    m_tagsInStep.clear();
    m_inStep->clear();
    setVisible(false);
}

} // namespace poolscope
