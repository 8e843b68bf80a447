// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/commandbox.h"

#include "views/theme/themeicon.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A label breaks lines at blanks only: words longer than a panel may break after every slash, too.
QString breakable(const QString &command)
{
    constexpr QChar ZeroWidthSpace(0x200B);
    QString text;
    for (const QChar c : command) {
        text += c;
        if (c == u'/' || c == u'\\' || c == u',' || c == u'=')
            text += ZeroWidthSpace;
    }
    return text;
}

} // namespace

CommandBox::CommandBox(const QString &command, const QString &purpose, QWidget *parent)
    : QWidget(parent)
{
    // Not selectable: the clipboard would get the break opportunities as well.
    auto *text = new QLabel(breakable(command), this);
    text->setObjectName(u"command"_s);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setAutoFillBackground(true);
    text->setBackgroundRole(QPalette::AlternateBase);
    text->setMargin(4);
    text->setAccessibleName(command);
    auto *copy = new QToolButton(this);
    copy->setObjectName(u"copyCommand"_s);
    copy->setIcon(themeIcon(u"copy"_s));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy the command"));
    copy->setAccessibleName(tr("Copy the command: %1").arg(purpose));
    copy->setFocusPolicy(Qt::TabFocus);
    connect(copy, &QToolButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(text, 1);
    layout->addWidget(copy, 0, Qt::AlignTop);
}

} // namespace poolscope
