// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/saveprompt.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString filterOf(const SaveKind &kind)
{
    return kind.title + u" (*."_s + kind.suffix + u')';
}

size_t chosenKind(const QFileDialog &dialog, const QString &path, const std::vector<SaveKind> &kinds)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i].suffix == suffix)
            return i;
    }
    for (size_t i = 0; i < kinds.size(); ++i) {
        if (filterOf(kinds[i]) == dialog.selectedNameFilter())
            return i;
    }
    return 0;
}

} // namespace

void askSavePath(QWidget *parent, const QString &title, const QString &suggestedName,
    const std::vector<SaveKind> &kinds, const std::function<void(const QString &path, size_t kind)> &done)
{
    auto *dialog =
        new QFileDialog(parent, title, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const SaveKind &kind : kinds)
        filters += filterOf(kind);
    dialog->setNameFilters(filters);
    // With the default suffix the dialog asks about the file that will really be overwritten.
    const auto followFilter = [dialog, kinds](const QString &filter) {
        for (const SaveKind &kind : kinds) {
            if (filterOf(kind) == filter)
                dialog->setDefaultSuffix(kind.suffix);
        }
    };
    followFilter(filters.first());
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, followFilter);
    dialog->selectFile(suggestedName + u'.' + kinds.front().suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
        [dialog, kinds, done](const QString &path) { done(path, chosenKind(*dialog, path, kinds)); });
    dialog->open();
}

QString asFileName(const QString &text)
{
    QString name;
    for (const QChar c : text.simplified())
        name += c.isLetterOrNumber() || u"-_.+ "_s.contains(c) ? c : u'-';
    return name.isEmpty() ? u"snapshot"_s : name.left(80);
}

} // namespace poolscope
