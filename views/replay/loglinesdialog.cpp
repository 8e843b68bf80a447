// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/replay/loglinesdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

LogLinesDialog::LogLinesDialog(
    const QString &fileName, const QStringList &remarks, const QStringList &lines, QWidget *parent)
    : QDialog(parent)
{
    constexpr QSize FirstSize{760, 420};
    setObjectName(u"logLinesDialog"_s);
    setWindowTitle(tr("How %1 was read").arg(fileName));
    auto *summary = new QLabel(remarks.join(u'\n'), this);
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    auto *text = new QPlainTextEdit(lines.join(u'\n'), this);
    text->setObjectName(u"logLines"_s);
    text->setAccessibleName(tr("Lines that were left out or are in doubt"));
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setVisible(!lines.isEmpty());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("&Copy all"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"copyLogLines"_s);
    connect(copy, &QPushButton::clicked, this,
        [all = (remarks + lines).join(u'\n')] { QApplication::clipboard()->setText(all); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(summary);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
    if (!lines.isEmpty())
        resize(FirstSize);
}

} // namespace poolscope
