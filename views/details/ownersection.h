// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/tag.h"
#include "model/knowledge/tagcards.h"
#include "model/knowledge/tagnames.h"
#include "model/sampling/background.h"

#include <QSet>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;

namespace poolscope {

class DriverSection;

/// Whose tag it is: the driver and which file says so, the user's own note, a search in driver files, and
/// what is known of the tag beyond that. Reads and writes files in the background. Window thread.
class OwnerSection : public QWidget
{
    Q_OBJECT

public:
    explicit OwnerSection(QWidget *parent = nullptr);

    void setTag(const TagEntry &entry, SourceKind kind);
    void clear();
    /// Where names come from; tagNamePlaces() unless a test says otherwise.
    void setPlaces(std::function<TagNamePlaces()> places);
    /// Reads the names again: another file was chosen.
    void reload();

signals:
    void noteFailed(const poolscope::Error &error);

private:
    struct Known
    {
        TagNames names;
        std::vector<TagCard> cards;
    };

    void load();
    void refresh();
    void showOwner();
    void showCards();
    void keepNote();

    Background m_background;
    std::function<TagNamePlaces()> m_places = tagNamePlaces;
    std::shared_ptr<const Known> m_known; ///< null until read
    bool m_isLoading = false;
    std::optional<TagEntry> m_entry;
    QSet<std::pair<QByteArray, QByteArray>> m_oldNotes; ///< tag and note, as frames may still have them
    SourceKind m_kind = SourceKind::Slab;
    QLabel *m_driver;
    QLabel *m_from;
    QLineEdit *m_note;
    DriverSection *m_search;
    QLabel *m_cards;
};

} // namespace poolscope
