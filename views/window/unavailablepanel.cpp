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
constexpr int LineSpacing = 10;
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

class UnavailablePanel::MendingRows : public QWidget
{
public:
    explicit MendingRows(UnavailablePanel *panel);

    void setMending(const Mending &mending);

private:
    QLabel *m_hint;
    QLineEdit *m_command;
    QPushButton *m_copy;
    QPushButton *m_authorise;
    QString m_authorisedUri;
};

UnavailablePanel::MendingRows::MendingRows(UnavailablePanel *panel)
    : QWidget(panel)
    , m_hint(paragraph(u"unavailable.hint"_s, this))
    , m_command(new QLineEdit(this))
    , m_copy(button(u"unavailable.copy"_s, u"copy"_s, UnavailablePanel::tr("Copy command"), this))
    , m_authorise(button(u"unavailable.authorise"_s, u"source"_s, UnavailablePanel::tr("Authorise…"), this))
{
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(UnavailablePanel::tr("Command"));
    m_authorise->setToolTip(UnavailablePanel::tr(
        "Asks for an administrator's password and starts only the reader with those rights"));
    auto *retry = button(u"unavailable.retry"_s, u"now"_s, UnavailablePanel::tr("Try again"), this);
    auto *demo = button(u"unavailable.demo"_s, u"demo"_s, UnavailablePanel::tr("Open the demo"), this);
    demo->setToolTip(UnavailablePanel::tr("Replays a recorded leak; needs no rights"));

    auto *commandRow = new QHBoxLayout;
    commandRow->addWidget(m_command, 1);
    commandRow->addWidget(m_copy);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *each : {m_authorise, retry, demo})
        buttons->addWidget(each);
    buttons->addStretch();
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(LineSpacing);
    lines->addWidget(m_hint);
    lines->addLayout(commandRow);
    lines->addSpacing(6);
    lines->addLayout(buttons);

    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(m_authorise, &QPushButton::clicked, panel,
        [this, panel] { emit panel->sourceWanted(m_authorisedUri); });
    connect(retry, &QPushButton::clicked, panel, &UnavailablePanel::retryWanted);
    connect(demo, &QPushButton::clicked, panel, [panel] { emit panel->sourceWanted(u"demo:"_s); });
}

void UnavailablePanel::MendingRows::setMending(const Mending &mending)
{
    const bool withCommand = !mending.command.isEmpty();
    m_hint->setText(mending.commandHint);
    m_hint->setVisible(withCommand);
    m_command->setText(mending.command);
    m_command->setCursorPosition(0);
    m_command->setVisible(withCommand);
    m_copy->setVisible(withCommand);
    m_authorisedUri = mending.authorisedUri;
    m_authorise->setVisible(!mending.authorisedUri.isEmpty());
}

UnavailablePanel::UnavailablePanel(QWidget *parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout)
    , m_headline(paragraph(u"unavailable.headline"_s, this))
    , m_reason(paragraph(u"unavailable.reason"_s, this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * HeadlineScale);
    large.setBold(true);
    m_headline->setFont(large);

    auto *column = new QWidget(this);
    column->setMaximumWidth(ColumnWidth);
    column->setLayout(m_lines);
    m_lines->setSpacing(LineSpacing);
    for (QLabel *label : {m_headline, m_reason})
        m_lines->addWidget(label);

    auto *centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(column, 100);
    centre->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addLayout(centre);
    layout->addStretch(3);
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
    if (m_mending)
        m_mending->hide();
}

void UnavailablePanel::showError(const QString &sourceTitle, const Error &error, const Mending &mending)
{
    if (!m_mending) {
        m_mending = new MendingRows(this);
        m_lines->addWidget(m_mending);
    }
    m_headline->setText(tr("No samples from %1").arg(sourceTitle));
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reason->setText(reasonText(error, mending.isRemedy));
    m_mending->setMending(mending);
    m_mending->show();
}

} // namespace poolscope
