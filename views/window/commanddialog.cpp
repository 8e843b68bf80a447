// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/commanddialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

CommandDialog::CommandDialog(QWidget *parent)
    : QDialog(parent)
    , m_command(new QLineEdit(this))
{
    constexpr int Width = 560;
    setObjectName(u"commandDialog"_s);
    setWindowTitle(tr("Open a command"));
    setAttribute(Qt::WA_DeleteOnClose);

    auto *label = new QLabel(tr("&Program and arguments that write PoolScope's stream format:"), this);
    label->setBuddy(m_command);
    m_command->setObjectName(u"command"_s);
    m_command->setPlaceholderText(u"ssh HOST sudo poolscope-cli stream"_s);
    auto *note = new QLabel(
        tr("It is started as it stands, without a shell. Arguments with blanks go in quotes."), this);
    note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    QPushButton *open = buttons->button(QDialogButtonBox::Open);
    open->setEnabled(false);
    connect(m_command, &QLineEdit::textChanged, open,
        [open](const QString &text) { open->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &CommandDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &CommandDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_command);
    layout->addWidget(note);
    layout->addWidget(buttons);
    resize(Width, sizeHint().height());
}

void CommandDialog::accept()
{
    const QString command = m_command->text().trimmed();
    if (command.isEmpty())
        return;
    emit sourceWanted(u"command:"_s + command);
    QDialog::accept();
}

} // namespace poolscope
