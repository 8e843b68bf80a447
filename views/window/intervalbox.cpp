// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/intervalbox.h"

#include "model/core/duration.h"
#include "model/sampling/livesession.h"

#include <QLineEdit>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString withBlank(const QString &duration)
{
    QString text = duration;
    const auto unit = std::ranges::find_if(text, [](QChar c) { return c.isLetter(); });
    return text.insert(unit - text.begin(), u' ');
}

} // namespace

IntervalBox::IntervalBox(QWidget *parent)
    : QComboBox(parent)
{
    using namespace std::chrono_literals;
    setObjectName(u"interval"_s);
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setAccessibleName(tr("Sampling interval"));
    setPaceFixed(false);
    for (const std::chrono::milliseconds choice :
        std::initializer_list<std::chrono::milliseconds>{250ms, 500ms, 1s, 2s, 5s, 10s, 30s, 1min, 5min, 1h})
        addItem(withBlank(durationText(choice)));
    setInterval(LiveSession::DefaultInterval);
    setMinimumContentsLength(7);
    // Completion would turn a typed "5" into "500 ms".
    setCompleter(nullptr);
    connect(lineEdit(), &QLineEdit::editingFinished, this, [this] { take(currentText()); });
    connect(this, &QComboBox::textActivated, this, &IntervalBox::take);
}

void IntervalBox::setInterval(std::chrono::milliseconds interval)
{
    m_interval = interval;
    const QString text = withBlank(durationText(interval));
    setCurrentIndex(findText(text));
    setEditText(text);
}

void IntervalBox::setPaceFixed(bool isFixed)
{
    setEnabled(!isFixed);
    setToolTip(isFixed ? tr("This source keeps its own pace")
                       : tr("Time between samples: pick one or type any from 250 ms to 1 h"));
}

void IntervalBox::take(const QString &text)
{
    const auto chosen = durationFromText(text);
    if (!chosen || *chosen < LiveSession::MinInterval || *chosen > LiveSession::MaxInterval) {
        setInterval(m_interval);
        emit refused(text);
        return;
    }
    const bool isNew = *chosen != m_interval;
    setInterval(*chosen);
    if (isNew)
        emit intervalChosen(m_interval);
}

} // namespace poolscope
