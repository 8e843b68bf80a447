// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/helpdialogs.h"

#include "views/theme/themeicon.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSysInfo>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int AppIconSize = 64;

QString translated(const char *text)
{
    return QCoreApplication::translate("Help", text);
}

QString keyTable(const QString &title, const std::vector<KeyHelp> &keys)
{
    QString html = u"<h3>%1</h3><table cellspacing=0>"_s.arg(title);
    for (const KeyHelp &each : keys) {
        html +=
            u"<tr><td style='padding:2px 18px 2px 0'><b>%1</b></td><td style='padding:2px 0'>%2</td></tr>"_s
                .arg(each.key.toHtmlEscaped(), each.meaning.toHtmlEscaped());
    }
    return html + u"</table>"_s;
}

QDialog *makeDialog(const QString &name, const QString &title, QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

QDialogButtonBox *closeButton(QDialog *dialog)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    return buttons;
}

QLabel *richText(const QString &html, QWidget *parent)
{
    auto *label = new QLabel(html, parent);
    label->setTextFormat(Qt::RichText);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setOpenExternalLinks(true);
    return label;
}

} // namespace

std::vector<KeyHelp> tableKeys()
{
    return {
        {u"P"_s, translated("Nonpaged, paged or both")},
        {u"B"_s, translated("Sort by bytes")},
        {u"M"_s, translated("Sort by bytes per allocation")},
        {u"T"_s, translated("Sort by tag")},
        {u"A"_s, translated("Sort by allocs")},
        {u"F"_s, translated("Sort by frees")},
        {u"S, D"_s, translated("Sort by difference (outstanding)")},
        {u"("_s, translated("Sort by the change instead of the value")},
        {u"E"_s, translated("Totals row")},
        {u"L"_s, translated("Highlight changes")},
        {u"Space"_s, translated("Pin the tag to the chart, or unpin it")},
        {u"Enter"_s, translated("Details of the tag")},
        {u"Shift (held)"_s, translated("Hold the order while you read")},
        {u"?"_s, translated("This list")},
        {u"Q"_s, translated("Quit")},
    };
}

std::vector<KeyHelp> replayKeys()
{
    return {
        {u"Left, Right"_s, translated("A sample back or on")},
        {u"Shift+Left, Right"_s, translated("The mark before or after")},
        {u"PageUp, PageDown"_s, translated("A tenth of the recording")},
        {u"Home, End"_s, translated("First sample, last sample")},
        {u"Space"_s, translated("Play or pause")},
        {u"Enter (chart)"_s, translated("Go to the crosshair")},
    };
}

std::vector<KeyHelp> commandKeys(const std::vector<QAction *> &actions)
{
    std::vector<KeyHelp> keys;
    for (const QAction *action : actions) {
        QString text = action->text();
        keys.push_back({QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText),
            text.remove(u'&').remove(u'…')});
    }
    return keys;
}

QDialog *makeKeysDialog(const std::vector<QAction *> &actions, QWidget *parent)
{
    QDialog *dialog = makeDialog(u"keysDialog"_s, translated("Keys"), parent);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(36);
    columns->addWidget(richText(keyTable(translated("In the table, as in PoolMon"), tableKeys()), dialog));
    columns->addWidget(richText(keyTable(translated("Everywhere"), commandKeys(actions))
            + keyTable(translated("In a recording, on the time slider"), replayKeys()),
        dialog));
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(20, 8, 20, 12);
    layout->addLayout(columns);
    layout->addWidget(closeButton(dialog));
    return dialog;
}

QDialog *makeAboutDialog(QWidget *parent)
{
    QDialog *dialog = makeDialog(u"aboutDialog"_s, translated("About PoolScope"), parent);
    const QString system = QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion();
    const QString platform = translated("Qt %1, %2, %3")
                                 .arg(QLatin1StringView(qVersion()),
                                     QSysInfo::prettyProductName().toHtmlEscaped(), system.toHtmlEscaped());
    const QString licence = translated(
        "Copyright © 2026 The PoolScope authors.<br>Free software under the "
        "<a href='https://www.gnu.org/licenses/gpl-3.0.html'>GNU General Public License 3</a> or later,"
        "<br>without any warranty.");
    const QString html =
        u"<h2>PoolScope %1</h2><p>%2</p><p>%3</p><p>%4</p>"_s.arg(QLatin1StringView(POOLSCOPE_VERSION),
            translated("Shows which tag the kernel's memory is booked under, live."), licence, platform);
    auto *icon = new QLabel(dialog);
    icon->setPixmap(applicationIcon().pixmap(QSize(AppIconSize, AppIconSize), dialog->devicePixelRatioF()));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addWidget(icon, 0, Qt::AlignTop);
    columns->addWidget(richText(html, dialog), 1);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->addLayout(columns);
    layout->addWidget(closeButton(dialog));
    return dialog;
}

} // namespace poolscope
