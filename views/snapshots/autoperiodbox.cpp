// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/autoperiodbox.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

constexpr int DefaultMinutes = 30;
constexpr int MaxMinutes = 24 * 60;

} // namespace

AutoPeriodBox::AutoPeriodBox(QWidget *parent)
    : QWidget(parent)
    , m_on(new QCheckBox(tr("Ever&y"), this))
    , m_minutes(new QSpinBox(this))
{
    m_on->setToolTip(tr("Takes a snapshot by itself again and again"));
    m_on->setAccessibleName(tr("Automatic snapshots"));
    m_minutes->setRange(1, MaxMinutes);
    m_minutes->setValue(DefaultMinutes);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setKeyboardTracking(false); // not a period for every digit typed
    m_minutes->setToolTip(tr("Minutes between automatic snapshots"));
    m_minutes->setAccessibleName(tr("Minutes between automatic snapshots"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_on);
    layout->addWidget(m_minutes);
    connect(m_on, &QCheckBox::toggled, this, [this] { emit periodChanged(period()); });
    connect(m_minutes, &QSpinBox::valueChanged, this, [this] {
        if (m_on->isChecked())
            emit periodChanged(period());
    });
}

void AutoPeriodBox::setPeriod(std::optional<milliseconds> period)
{
    const QSignalBlocker quietBox(m_on);
    const QSignalBlocker quietMinutes(m_minutes);
    m_on->setChecked(period.has_value());
    if (period) {
        const auto count = std::chrono::round<minutes>(*period).count();
        m_minutes->setValue(static_cast<int>(std::clamp<qint64>(count, 1, MaxMinutes)));
    }
}

std::optional<milliseconds> AutoPeriodBox::period() const
{
    if (!m_on->isChecked())
        return std::nullopt;
    return minutes(m_minutes->value());
}

} // namespace poolscope
