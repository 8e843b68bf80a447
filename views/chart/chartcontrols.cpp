// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartcontrols.h"

#include "views/theme/themeicon.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

constexpr std::array Metrics = {
    Metric::Bytes, Metric::Outstanding, Metric::AllocsPerSecond, Metric::FreesPerSecond};
constexpr std::array ChangeBases = {ChangeBase::None, ChangeBase::Pin, ChangeBase::Baseline};

struct RangePreset
{
    std::optional<seconds> span;
    QStringView label;
    QStringView toolTip;
    QStringView recordingToolTip;
};
constexpr std::array<RangePreset, 4> RangePresets = {{
    {minutes(5), u"5 m", u"The last 5 minutes", u"5 minutes around the moment shown"},
    {hours(1), u"1 h", u"The last hour", u"The hour around the moment shown"},
    {hours(8), u"8 h", u"The last 8 hours", u"8 hours around the moment shown"},
    {std::nullopt, u"All", u"The whole session", u"The whole recording"},
}};

template <typename List, typename Value>
int indexOf(const List &list, Value value)
{
    return static_cast<int>(std::find(list.begin(), list.end(), value) - list.begin());
}

QToolButton *textButton(const QString &text, const QString &toolTip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(text);
    button->setAccessibleDescription(toolTip);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setAutoRaise(true);
    // Tab reaches it as it does the boxes.
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QComboBox *choiceBox(const QString &name, const QString &toolTip, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    return box;
}

} // namespace

ChartControls::ChartControls(QWidget *parent)
    : QWidget(parent)
{
    m_metricBox = choiceBox(tr("Metric"), tr("What is drawn of each pinned tag"), this);
    for (const Metric metric : Metrics)
        m_metricBox->addItem(metricTitle(metric));
    connect(m_metricBox, &QComboBox::activated, this,
        [this](int index) { emit metricChosen(Metrics[static_cast<size_t>(index)]); });
    m_baseBox = choiceBox(tr("View"), tr("The values themselves, or how much they changed"), this);
    for (const ChangeBase base : ChangeBases)
        m_baseBox->addItem(changeBaseTitle(base));
    connect(m_baseBox, &QComboBox::activated, this,
        [this](int index) { emit baseChosen(ChangeBases[static_cast<size_t>(index)]); });

    for (const RangePreset &preset : RangePresets) {
        QToolButton *button = textButton(preset.label.toString(), preset.toolTip.toString(), this);
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this, [this, span = preset.span] { emit rangeChosen(span); });
        m_rangeButtons.push_back(button);
    }
    m_followButton = textButton({}, {}, this);
    m_followButton->setCheckable(true);
    connect(m_followButton, &QToolButton::clicked, this, &ChartControls::followChosen);

    m_exportButton = textButton(tr("Export"), tr("Write what is shown to a file"), this);
    m_exportButton->setIcon(themeIcon(u"export"_s));
    m_exportButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_exportButton->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_exportButton);
    menu->addAction(tr("Picture (PNG)…"), this, [this] { emit exportChosen(ChartFormat::Png); });
    menu->addAction(tr("Drawing (SVG)…"), this, [this] { emit exportChosen(ChartFormat::Svg); });
    menu->addAction(tr("Numbers (CSV)…"), this, [this] { emit exportChosen(ChartFormat::Csv); });
    m_exportButton->setMenu(menu);

    setRecording(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 2, 4, 2);
    row->setSpacing(4);
    row->addWidget(m_metricBox);
    row->addWidget(m_baseBox);
    row->addSpacing(8);
    for (QToolButton *button : m_rangeButtons)
        row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(m_followButton);
    row->addStretch();
    row->addWidget(m_exportButton);
}

void ChartControls::setSettings(const ChartSettings &settings)
{
    m_metricBox->setCurrentIndex(indexOf(Metrics, settings.metric));
    m_baseBox->setCurrentIndex(indexOf(ChangeBases, settings.base));
}

void ChartControls::setFollowing(bool following, std::optional<nanoseconds> span)
{
    m_followButton->setChecked(following);
    for (size_t i = 0; i < m_rangeButtons.size(); ++i) {
        const std::optional<nanoseconds> preset = RangePresets[i].span;
        m_rangeButtons[i]->setChecked(following && span == preset);
    }
}

void ChartControls::setRecording(bool isRecording)
{
    m_followButton->setText(isRecording ? tr("Follow moment") : tr("Follow live"));
    m_followButton->setToolTip(isRecording ? tr("Keep the moment shown in the middle (End)")
                                           : tr("Keep the newest sample in view (End)"));
    m_followButton->setAccessibleName(m_followButton->text());
    m_followButton->setAccessibleDescription(m_followButton->toolTip());
    for (size_t i = 0; i < m_rangeButtons.size(); ++i) {
        const RangePreset &preset = RangePresets[i];
        const QString hint = (isRecording ? preset.recordingToolTip : preset.toolTip).toString();
        m_rangeButtons[i]->setToolTip(hint);
        m_rangeButtons[i]->setAccessibleDescription(hint);
    }
}

QList<QAction *> ChartControls::exportActions() const
{
    return m_exportButton->menu()->actions();
}

} // namespace poolscope
