// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/detailscontent.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "views/details/detailslabel.h"
#include "views/details/evidencesection.h"
#include "views/details/nextstepssection.h"
#include "views/details/ownersection.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qreal NameScale = 1.3;

QString clockText(WallTime time)
{
    return toDateTime(time).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString identityText(const TagEntry &entry, SourceKind kind)
{
    QStringList lines;
    if (const QString type = poolTypeTitle(entry.tag.type, kind); !type.isEmpty())
        lines << DetailsContent::tr("Type: %1").arg(type);
    if (kind == SourceKind::Slab && !entry.driver.isEmpty())
        lines << DetailsContent::tr("Merged with: %1 (the numbers are of all of them together)")
                     .arg(driverText(entry.driver));
    if (kind == SourceKind::Site) {
        lines << (entry.driver.isEmpty()
                ? DetailsContent::tr("Module: none is named, so it is part of the kernel's own file")
                : DetailsContent::tr("Module: %1").arg(driverText(entry.driver)));
    }
    lines << DetailsContent::tr("Raw bytes: %1").arg(QLatin1StringView(entry.tag.bytes.toHex(' ')));
    return lines.join(u'\n');
}

QString seenText(const FrameRow &row)
{
    if (row.lastSeen == WallTime())
        return DetailsContent::tr("Not there yet at the moment shown");
    if (!row.present)
        return DetailsContent::tr("Vanished: last seen %1").arg(clockText(row.lastSeen));
    return DetailsContent::tr("Seen in this session since %1").arg(clockText(row.firstSeen));
}

} // namespace

DetailsContent::DetailsContent(QWidget *parent)
    : QWidget(parent)
    , m_name(makeDetailsLabel(u"details.name"_s, this))
    , m_identity(makeDetailsLabel(u"details.identity"_s, this))
    , m_growth(makeDetailsLabel(u"details.growth"_s, this))
    , m_seen(makeDetailsLabel(u"details.seen"_s, this))
    , m_evidence(new EvidenceSection(this))
    , m_owner(new OwnerSection(this))
    , m_steps(new NextStepsSection(this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * NameScale);
    large.setBold(true);
    m_name->setFont(large);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addWidget(m_name);
    layout->addWidget(m_identity);
    layout->addWidget(m_evidence);
    layout->addWidget(m_owner);
    layout->addLayout(makeNumbers());
    layout->addWidget(m_growth);
    layout->addWidget(m_seen);
    layout->addWidget(m_steps);
    layout->addStretch();
    connect(m_evidence, &EvidenceSection::tagChosen, this, &DetailsContent::tagChosen);
}

QGridLayout *DetailsContent::makeNumbers()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    const QString columns[SinceCount] = {tr("now"), tr("since last"), tr("since baseline")};
    const QString rows[NumberCount] = {tr("Allocs"), tr("Frees"), tr("Diff"), tr("Bytes"), tr("Per alloc")};
    for (int column = 0; column < SinceCount; ++column)
        grid->addWidget(new QLabel(columns[column], this), 0, column + 1, Qt::AlignRight);
    for (int row = 0; row < NumberCount; ++row) {
        grid->addWidget(new QLabel(rows[row], this), row + 1, 0);
        for (int column = 0; column < SinceCount; ++column) {
            QLabel *label = makeDetailsLabel(u"details.%1.%2"_s.arg(row).arg(column), this);
            label->setWordWrap(false);
            grid->addWidget(label, row + 1, column + 1, Qt::AlignRight);
            m_numbers[static_cast<size_t>(row)][static_cast<size_t>(column)] = label;
        }
    }
    grid->setColumnStretch(0, 1);
    return grid;
}

void DetailsContent::showTag(const std::optional<Tag> &tag, const Frame *frame, NumberStyle style)
{
    m_style = style;
    if (!tag) {
        showNoNumbers(tr("Enter on a tag, or a double click, shows its details here."));
        m_name->clear();
        m_identity->clear();
        return;
    }
    m_name->setText(escapedTag(tag->bytes));
    const auto isWanted = [&tag](const TagEntry &entry) { return entry.tag == *tag; };
    const TagList *tags = frame ? frame->tags.get() : nullptr;
    const auto found = tags ? std::ranges::find_if(*tags, isWanted) : TagList::const_iterator();
    if (!tags || found == tags->end()) {
        m_identity->setText(identityText({*tag, {}}, SourceKind::Slab));
        showNoNumbers(tr("This source has not shown the tag yet."));
        return;
    }
    m_identity->setText(identityText(*found, frame->sample->origin->kind));
    const auto id = static_cast<TagId>(found - tags->begin());
    showNumbers(frame->rows[id]);
    m_evidence->setFinding(*frame, id);
    m_owner->setTag(*found, frame->sample->origin->kind);
    m_steps->setTag(*found, frame->sample->origin->kind);
}

void DetailsContent::showNumbers(const FrameRow &row)
{
    const std::array<const Reading *, SinceCount> readings{&row.reading, &row.sinceLast, &row.sinceBaseline};
    for (int column = 0; column < SinceCount; ++column) {
        const Reading &reading = *readings[static_cast<size_t>(column)];
        const bool isChange = column != Now;
        // A change of "per alloc" would divide one change by another.
        const std::array<Counter, NumberCount> values{reading.allocs, reading.frees, reading.outstanding,
            reading.bytes, isChange ? Counter() : reading.perAlloc()};
        for (int number = 0; number < NumberCount; ++number) {
            m_numbers[static_cast<size_t>(number)][static_cast<size_t>(column)]->setText(
                text(static_cast<Number>(number), values[static_cast<size_t>(number)], isChange));
        }
    }
    const Counter rate = std::isnan(row.bytesPerHour) ? Counter() : Counter(std::llround(row.bytesPerHour));
    m_growth->setText(rate.isKnown() ? tr("Growth: %1 per hour").arg(signedScaledBytesText(rate))
                                     : tr("Growth: not known yet"));
    m_seen->setText(seenText(row));
}

void DetailsContent::showNoNumbers(const QString &why)
{
    for (auto &row : m_numbers) {
        for (QLabel *label : row)
            label->setText(unknownText());
    }
    m_growth->clear();
    m_evidence->clear();
    m_owner->clear();
    m_steps->clear();
    m_seen->setText(why);
}

QString DetailsContent::text(Number number, Counter value, bool isChange) const
{
    if (number == Bytes || number == PerAlloc)
        return isChange ? signedBytesText(value, m_style) : bytesText(value, m_style);
    return isChange ? signedGroupedText(value) : groupedText(value);
}

} // namespace poolscope
