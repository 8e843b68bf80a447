// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/unavailablepanel.h"

#include "views/theme/themeicon.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int ColumnWidth = 620;
constexpr qreal HeadlineScale = 1.4;

QPushButton *button(const QString &name, const QString &icon, const QString &text, QWidget *parent)
{
    auto *made = new QPushButton(themeIcon(icon), text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

QLabel *paragraph(const QString &name, QWidget *parent)
{
    auto *made = new QLabel(parent);
    made->setObjectName(name);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

/// What to do stands there in words unless a command is offered that does it.
QString reasonText(const Error &error, bool withRemedy)
{
    QString text = error.what;
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    if (!error.where.isEmpty())
        text += u": "_s + error.where;
    if (!withRemedy && !error.whatToDo.isEmpty())
        text += u'\n' + error.whatToDo;
    return text;
}

} // namespace

UnavailablePanel::UnavailablePanel(QWidget *parent)
    : QWidget(parent)
    , m_headline(paragraph(u"unavailable.headline"_s, this))
    , m_reason(paragraph(u"unavailable.reason"_s, this))
    , m_hint(paragraph(u"unavailable.hint"_s, this))
    , m_command(new QLineEdit(this))
    , m_copy(button(u"unavailable.copy"_s, u"copy"_s, tr("Copy command"), this))
    , m_authorise(button(u"unavailable.authorise"_s, u"source"_s, tr("Authorise…"), this))
    , m_retry(button(u"unavailable.retry"_s, u"now"_s, tr("Try again"), this))
    , m_demo(button(u"unavailable.demo"_s, u"demo"_s, tr("Open the demo"), this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * HeadlineScale);
    large.setBold(true);
    m_headline->setFont(large);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(tr("Command"));
    m_authorise->setToolTip(
        tr("Asks for an administrator's password and starts only the reader with those rights"));
    m_demo->setToolTip(tr("Replays a recorded leak; needs no rights"));

    auto *commandRow = new QHBoxLayout;
    commandRow->addWidget(m_command, 1);
    commandRow->addWidget(m_copy);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *each : {m_authorise, m_retry, m_demo})
        buttons->addWidget(each);
    buttons->addStretch();

    auto *column = new QWidget(this);
    column->setMaximumWidth(ColumnWidth);
    auto *lines = new QVBoxLayout(column);
    lines->setSpacing(10);
    for (QLabel *label : {m_headline, m_reason, m_hint})
        lines->addWidget(label);
    lines->addLayout(commandRow);
    lines->addSpacing(6);
    lines->addLayout(buttons);

    auto *centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(column, 100);
    centre->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(centre);
    layout->addStretch(3);

    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(m_authorise, &QPushButton::clicked, this, [this] { emit sourceWanted(m_authorisedUri); });
    connect(m_retry, &QPushButton::clicked, this, &UnavailablePanel::retryWanted);
    connect(m_demo, &QPushButton::clicked, this, [this] { emit sourceWanted(u"demo:"_s); });
    showOpening({});
}

QString UnavailablePanel::reason() const
{
    return m_reason->text();
}

void UnavailablePanel::showOpening(const QString &sourceTitle)
{
    m_headline->setText(tr("Waiting for the first sample"));
    m_reason->setText(sourceTitle);
    setMendingVisible({}, false);
}

void UnavailablePanel::showError(const QString &sourceTitle, const Error &error, const Mending &mending)
{
    m_headline->setText(tr("No samples from %1").arg(sourceTitle));
    m_reason->setText(reasonText(error, mending.isRemedy));
    setMendingVisible(mending, true);
}

void UnavailablePanel::setMendingVisible(const Mending &mending, bool visible)
{
    const bool withCommand = visible && !mending.command.isEmpty();
    m_hint->setText(mending.commandHint);
    m_hint->setVisible(withCommand);
    m_command->setText(mending.command);
    m_command->setCursorPosition(0);
    m_command->setVisible(withCommand);
    m_copy->setVisible(withCommand);
    m_authorisedUri = mending.authorisedUri;
    m_authorise->setVisible(visible && !mending.authorisedUri.isEmpty());
    m_retry->setVisible(visible);
    m_demo->setVisible(visible);
}

} // namespace poolscope
