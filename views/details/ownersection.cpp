// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/ownersection.h"

#include "model/core/tagtext.h"
#include "model/knowledge/tagnotes.h"
#include "views/details/detailslabel.h"
#include "views/details/driversection.h"

#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

OwnerSection::OwnerSection(QWidget *parent)
    : QWidget(parent)
    , m_driver(makeDetailsLabel(u"details.driver"_s, this))
    , m_from(makeDetailsLabel(u"details.driverFrom"_s, this))
    , m_note(new QLineEdit(this))
    , m_search(new DriverSection(this))
    , m_cards(makeDetailsLabel(u"details.cards"_s, this))
{
    m_from->setForegroundRole(QPalette::PlaceholderText);
    m_note->setObjectName(u"details.note"_s);
    m_note->setPlaceholderText(tr("Your note: driver.sys - what it is for"));
    m_note->setAccessibleName(tr("Your note on this tag"));
    m_note->setToolTip(tr("Kept for you, shown in the Driver column before what other files say"));
    constexpr int LongestNote = 200;
    m_note->setMaxLength(LongestNote);
    m_cards->setTextFormat(Qt::RichText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_driver, m_from, m_note, m_search, m_cards})
        layout->addWidget(widget);
    connect(m_note, &QLineEdit::editingFinished, this, &OwnerSection::keepNote);
    auto *leave = new QShortcut(QKeySequence(Qt::Key_Escape), m_note, {}, {}, Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        m_note->setModified(false);
        refresh();
    });
    clear();
}

void OwnerSection::setTag(const TagEntry &entry, SourceKind kind)
{
    const bool isOther = !m_entry || m_entry->tag != entry.tag || m_kind != kind;
    m_entry = entry;
    m_kind = kind;
    if (isOther)
        m_note->setModified(false);
    m_search->setTag(entry.tag.bytes);
    if (!m_known)
        load();
    refresh();
}

void OwnerSection::clear()
{
    m_entry.reset();
    hide();
}

void OwnerSection::setPlaces(std::function<TagNamePlaces()> places)
{
    m_places = std::move(places);
    m_known.reset();
}

void OwnerSection::reload()
{
    if (m_known || m_isLoading)
        load();
}

void OwnerSection::load()
{
    m_isLoading = true;
    m_background.run(
        [places = m_places] {
            return std::make_shared<const Known>(Known{TagNames::load(places()), tagCards()});
        },
        [this](std::shared_ptr<const Known> known) {
            m_isLoading = false;
            m_known = std::move(known);
            refresh();
        });
}

void OwnerSection::refresh()
{
    setVisible(m_entry && m_known);
    if (!m_entry || !m_known)
        return;
    showOwner();
    showCards();
}

void OwnerSection::showOwner()
{
    const bool hasOwner = m_kind == SourceKind::Pool;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_driver, m_note, m_search})
        widget->setVisible(hasOwner);
    m_from->setVisible(false);
    if (!hasOwner)
        return;
    const QByteArray tag = m_entry->tag.bytes;
    const QByteArray note = m_known->names.noteOf(tag);
    const TagNames::Owner owner = m_known->names.ownerOf(tag);
    // What the source says counts, unless it is only the note again, or the note of before.
    const bool isNote = m_entry->driver == note || m_oldNotes.contains({tag, m_entry->driver});
    const bool isOfSource = !m_entry->driver.isEmpty() && !isNote;
    const QByteArray driver = isOfSource ? m_entry->driver : owner.driver;
    const QString shown = driver.isEmpty() ? tr("not known") : driverText(driver.simplified());
    m_driver->setText(tr("Driver: %1").arg(shown));
    if (!driver.isEmpty()) {
        m_from->setText(
            driver == owner.driver ? tr("Named by %1").arg(owner.from) : tr("Named by the source"));
        m_from->setVisible(true);
    }
    if (!m_note->isModified())
        m_note->setText(QString::fromUtf8(note));
}

void OwnerSection::showCards()
{
    QStringList paragraphs;
    for (const TagCard &card : cardsOf(m_known->cards, *m_entry, m_kind)) {
        QString text = u"<b>%1.</b> %2"_s.arg(card.title.toHtmlEscaped(), card.text.toHtmlEscaped());
        if (!card.source.isEmpty())
            text += u" <i>(%1)</i>"_s.arg(card.source.toHtmlEscaped());
        paragraphs << text;
    }
    m_cards->setText(paragraphs.join(u"<br>"_s));
    m_cards->setVisible(!paragraphs.isEmpty());
}

void OwnerSection::keepNote()
{
    if (!m_entry || !m_known || !m_note->isModified())
        return;
    m_note->setModified(false);
    m_oldNotes.insert({m_entry->tag.bytes, m_known->names.noteOf(m_entry->tag.bytes)});
    m_background.run([places = m_places, tag = m_entry->tag.bytes,
                         note = m_note->text()] { return writeTagNote(places().notes, tag, note); },
        [this](const Result<Done> &written) {
            if (!written)
                emit noteFailed(written.error());
            load();
        });
}

} // namespace poolscope
