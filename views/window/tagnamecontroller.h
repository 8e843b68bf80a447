// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/knowledge/tagnameplaces.h"
#include "model/sampling/background.h"

#include <QObject>

class QAction;
class QWidget;

namespace poolscope {

class BannerStack;

/// Lets the user choose the file that names the drivers of pool tags, and go back to the newest that is
/// installed. Reads and writes in the background. Window thread.
class TagNameController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    TagNameController(QAction &choose, BannerStack &banners, QWidget &window, QObject *parent = nullptr);

    /// Takes the file, once it is known to be one.
    void choose(const QString &path);

signals:
    /// Who shows names reads them again; a source does so by itself.
    void changed();

private:
    struct Outcome
    {
        Result<Done> done = Done{};
        TagNamePlaces places;
        qsizetype tags = 0;
    };

    void ask();
    void useNewest();
    void show(const Outcome &outcome);

    Background m_background;
    BannerStack &m_banners;
    QWidget &m_window;
};

} // namespace poolscope
