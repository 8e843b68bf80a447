// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/datenames.h"

#include <QHash>
#include <QLocale>

namespace poolscope {

namespace {

QString plain(QStringView name)
{
    QString text = name.toString().toLower();
    text.removeIf([](QChar c) { return c == u'.' || c == u',' || c.isSpace(); });
    return text;
}

/// Names and what they mean.
class Names
{
public:
    void add(const QString &name, int meaning)
    {
        const QString key = plain(name);
        if (key.isEmpty() || key.front().isDigit())
            return;
        const auto known = m_meanings.constFind(key);
        if (known == m_meanings.constEnd())
            m_meanings.insert(key, meaning);
        else if (known.value() != meaning && !m_isFirst.value(key))
            m_meanings.insert(key, Unclear);
    }
    /// What is known by now stays.
    void keep()
    {
        for (auto name = m_meanings.constBegin(); name != m_meanings.constEnd(); ++name)
            m_isFirst.insert(name.key(), true);
    }
    [[nodiscard]] std::optional<int> meaning(QStringView name) const
    {
        const int found = m_meanings.value(plain(name), Unclear);
        return found == Unclear ? std::nullopt : std::optional(found);
    }

private:
    static constexpr int Unclear = -1;

    QHash<QString, int> m_meanings;
    QHash<QString, bool> m_isFirst;
};

struct DateNames
{
    Names months;
    Names weekDays;
    Names halves;

    DateNames()
    {
        add(QLocale::c());
        months.keep();
        weekDays.keep();
        halves.keep();
        for (const QLocale &locale :
            QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyCountry))
            add(locale);
    }

    void add(const QLocale &locale)
    {
        for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat}) {
            for (int month = 1; month <= 12; ++month) {
                months.add(locale.monthName(month, format), month);
                months.add(locale.standaloneMonthName(month, format), month);
            }
            for (int day = 1; day <= 7; ++day) {
                weekDays.add(locale.dayName(day, format), day);
                weekDays.add(locale.standaloneDayName(day, format), day);
            }
        }
        halves.add(locale.amText(), 0);
        halves.add(locale.pmText(), 1);
    }
};

const DateNames &dateNames()
{
    static const DateNames names;
    return names;
}

} // namespace

std::optional<int> monthFromName(QStringView name)
{
    return dateNames().months.meaning(name);
}

std::optional<int> weekDayFromName(QStringView name)
{
    return dateNames().weekDays.meaning(name);
}

std::optional<bool> isAfternoonName(QStringView name)
{
    const auto half = dateNames().halves.meaning(name);
    return half ? std::optional(*half == 1) : std::nullopt;
}

} // namespace poolscope
