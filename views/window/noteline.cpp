// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/noteline.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

NoteLine::NoteLine(QWidget *parent)
    : QWidget(parent)
    , m_when(new QLabel(this))
    , m_text(new QLineEdit(this))
{
    constexpr int MostLetters = 200;
    m_text->setObjectName(u"noteText"_s);
    m_text->setMaxLength(MostLetters);
    m_text->setPlaceholderText(tr("what happens just now, for instance “started the backup”"));
    m_text->setAccessibleName(tr("Text of the note"));
    auto *add = new QPushButton(tr("&Add note"), this);
    add->setEnabled(false);
    auto *leaveButton = new QPushButton(tr("Cancel"), this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_when);
    layout->addWidget(m_text, 1);
    layout->addWidget(add);
    layout->addWidget(leaveButton);
    connect(m_text, &QLineEdit::textChanged, this,
        [add](const QString &text) { add->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_text, &QLineEdit::returnPressed, this, &NoteLine::give);
    connect(add, &QPushButton::clicked, this, &NoteLine::give);
    connect(leaveButton, &QPushButton::clicked, this, &NoteLine::leave);
    hide();
}

void NoteLine::ask(const QString &when)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_when->setText(tr("Note at %1:").arg(when));
    show();
    m_text->setFocus();
    m_text->selectAll();
}

void NoteLine::leave()
{
    hide();
    m_text->clear();
    if (m_before)
        m_before->setFocus();
}

void NoteLine::give()
{
    const QString text = m_text->text().simplified();
    if (text.isEmpty())
        return;
    leave();
    emit noteGiven(text);
}

void NoteLine::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QWidget::keyPressEvent(event);
}

} // namespace poolscope
