// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/replay/logtimesdialog.h"

#include "model/core/duration.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

LogTimesDialog::LogTimesDialog(const QString &fileName, const LogTimes &shown, QWidget *parent)
    : QDialog(parent)
    , m_start(new QDateTimeEdit(toDateTime(shown.start.value_or(WallTime())), this))
    , m_interval(new QComboBox(this))
    , m_problem(new QLabel(this))
{
    setObjectName(u"logTimesDialog"_s);
    setWindowTitle(tr("Times of the samples"));
    m_start->setObjectName(u"logStart"_s);
    m_start->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    m_start->setCalendarPopup(true);
    m_interval->setObjectName(u"logInterval"_s);
    m_interval->setEditable(true);
    m_interval->setInsertPolicy(QComboBox::NoInsert);
    for (const std::chrono::milliseconds choice :
        std::initializer_list<std::chrono::milliseconds>{1s, 5s, 10s, 30s, 1min, 5min, 10min, 30min, 1h, 24h})
        m_interval->addItem(durationText(choice));
    m_interval->setEditText(durationText(shown.interval.value_or(0ms)));
    m_interval->setCompleter(nullptr); // it would turn a typed "5" into "5m"

    auto *form = new QFormLayout(this);
    auto *words = new QLabel(tr("%1 does not say when its samples were taken.").arg(fileName), this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    form->addRow(words);
    form->addRow(tr("&First sample"), m_start);
    form->addRow(tr("Then &every"), m_interval);
    form->addRow(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_interval, &QComboBox::editTextChanged, this, &LogTimesDialog::check);
    check();
}

LogTimes LogTimesDialog::times() const
{
    const WallTime start{std::chrono::milliseconds(m_start->dateTime().toMSecsSinceEpoch())};
    return {start, durationFromText(m_interval->currentText())};
}

void LogTimesDialog::check()
{
    const auto interval = durationFromText(m_interval->currentText());
    const bool isDuration = interval && *interval > 0ms;
    m_problem->setText(isDuration ? QString() : tr("A time is written like 5s, 30m or 1h."));
    m_ok->setEnabled(isDuration);
}

} // namespace poolscope
