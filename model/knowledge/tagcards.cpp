// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/tagcards.h"

#include "model/core/pooltag.h"
#include "model/core/wildcard.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

TagCard cardFrom(const QJsonObject &object)
{
    TagCard card;
    const QJsonArray tags = object.value(u"tags").toArray();
    for (const auto &tag : tags)
        card.tags << tag.toString().toUtf8();
    card.isWindows = object.value(u"kernel").toString() == u"windows";
    card.title = object.value(u"title").toString();
    card.text = object.value(u"text").toString();
    card.source = object.value(u"source").toString();
    return card;
}

/// Literal characters of the longest pattern that fits; negative: none does.
qsizetype closeness(const TagCard &card, QByteArrayView tag)
{
    qsizetype closest = -1;
    for (const QByteArray &pattern : card.tags) {
        if (tagMatchesWildcard(pattern, tag))
            closest = std::max(closest, pattern.size() - pattern.count('*') - pattern.count('?'));
    }
    return closest;
}

} // namespace

std::vector<TagCard> tagCards()
{
    QFile file(u":/knowledge/tagcards.json"_s);
    std::vector<TagCard> cards;
    if (!file.open(QIODevice::ReadOnly))
        return cards;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).array();
    for (const auto &card : all)
        cards.push_back(cardFrom(card.toObject()));
    return cards;
}

std::vector<TagCard> cardsOf(const std::vector<TagCard> &cards, const TagEntry &entry, SourceKind kind)
{
    if (kind == SourceKind::Site)
        return {};
    const QByteArray tag = kind == SourceKind::Pool ? withoutProtectedBit(entry.tag.bytes) : entry.tag.bytes;
    std::vector<TagCard> found;
    for (const TagCard &card : cards) {
        if (card.isWindows == (kind == SourceKind::Pool) && closeness(card, tag) >= 0)
            found.push_back(card);
    }
    std::ranges::stable_sort(
        found, std::ranges::greater(), [&tag](const TagCard &card) { return closeness(card, tag); });
    return found;
}

} // namespace poolscope
