// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/poolmonswitches.h"

#include "model/core/tagtext.h"

#include <QStringView>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Letters that may be run together in one switch.
constexpr QStringView Flags = u"petafdbmurl()";

Error usage(const QString &what, const QString &where)
{
    return {ErrorKind::Usage, what, where, u"see poolscope-cli poolmon -?"_s};
}

bool isSwitch(QStringView word)
{
    return word.startsWith(u'-') || word.startsWith(u'/');
}

bool isFlags(QStringView letters)
{
    return !letters.isEmpty()
        && std::ranges::all_of(letters, [](QChar c) { return Flags.contains(c.toLower()); });
}

/// Whether a word behind /n, /g or /c is the next switch rather than its file. "/tmp/x" is a file, as no
/// switch reads like that; so is "-", standard output.
bool isNextSwitch(QStringView word)
{
    if (!isSwitch(word) || word == u"-")
        return false;
    if (word.startsWith(u'-'))
        return true;
    const QStringView letters = word.sliced(1);
    if (letters.isEmpty() || isFlags(letters) || letters == u"?")
        return true;
    const QChar first = letters.front().toLower();
    if (first == u'i' || first == u'x')
        return !letters.contains(u'/');
    if (first == u's')
        return std::ranges::all_of(letters.sliced(1), [](QChar c) { return c.isDigit(); });
    return letters.size() == 1 && QStringView(u"ngch").contains(first);
}

QByteArray pattern(QStringView text)
{
    // Tags are shown with their odd bytes as \xNN, and so they may be typed.
    const QByteArray bytes = text.toUtf8();
    return unescapedTag(bytes).value_or(bytes);
}

class Reader
{
public:
    explicit Reader(const QStringList &arguments)
        : m_arguments(arguments)
    {
    }

    Result<PoolMonSwitches> read()
    {
        while (m_next < m_arguments.size()) {
            const QString word = m_arguments[m_next++];
            if (!readWord(word))
                return m_error;
        }
        if (m_poolPresses > 0)
            m_switches.query.type = poolType();
        return m_switches;
    }

private:
    bool fail(const QString &what, const QString &where)
    {
        m_error = usage(what, where);
        return false;
    }

    bool readWord(const QString &word)
    {
        if (word == u"--source" || word.startsWith(u"--source="))
            return readSource(word);
        if (!isSwitch(word) || word.size() < 2)
            return fail(u"not a switch of PoolMon"_s, word);
        const QStringView letters = QStringView(word).sliced(1);
        switch (letters.front().toLower().unicode()) {
        case u'i':
            return readPattern(letters.sliced(1), m_switches.query.include, word);
        case u'x':
            return readPattern(letters.sliced(1), m_switches.query.exclude, word);
        case u's':
            return readSession(letters.sliced(1), word);
        default:
            break;
        }
        if (letters == u"-help" || letters == u"-version")
            return fail(u"not a switch of PoolMon"_s, word);
        for (const QChar letter : letters) {
            if (!readFlag(letter.toLower(), word))
                return false;
        }
        return true;
    }

    bool readFlag(QChar letter, const QString &word)
    {
        TopQuery &query = m_switches.query;
        switch (letter.unicode()) {
        case u'p':
            ++m_poolPresses;
            return true;
        case u'e':
            m_switches.totals = true;
            return true;
        case u'(':
        case u')':
            query.byChange = !query.byChange;
            return true;
        case u'l':
            m_switches.highlight = false;
            return true;
        case u'r':
            return true;
        case u'u':
            query.sort = TopKey::Bytes;
            return true;
        case u'?':
        case u'h':
            m_switches.help = true;
            return true;
        case u'n':
            m_switches.snapshotFile = fileOr(u"poolsnap.log"_s);
            return true;
        case u'g':
            m_switches.tagFile = fileOr(u"pooltag.txt"_s);
            return true;
        case u'c':
            m_switches.localTagFile = fileOr(u"localtag.txt"_s);
            return true;
        default:
            break;
        }
        if (!Flags.contains(letter))
            return fail(u"not a switch of PoolMon"_s, word);
        query.sort = *topKeyFromText(QString(letter)); // t a f d b m
        return true;
    }

    bool readPattern(QStringView text, QList<QByteArray> &patterns, const QString &word)
    {
        if (text.isEmpty())
            return fail(u"no tag: it follows without a blank, as in -iTag"_s, word);
        patterns += pattern(text);
        return true;
    }

    bool readSession(QStringView number, const QString &word)
    {
        m_switches.session = std::optional<quint32>();
        if (number.isEmpty())
            return true;
        bool ok = false;
        m_switches.session = number.toUInt(&ok);
        return ok || fail(u"not a session number"_s, word);
    }

    bool readSource(const QString &word)
    {
        if (const qsizetype equals = word.indexOf(u'='); equals > 0) {
            m_switches.sourceUri = word.sliced(equals + 1);
            return true;
        }
        if (m_next == m_arguments.size())
            return fail(u"no source given"_s, word);
        m_switches.sourceUri = m_arguments[m_next++];
        return true;
    }

    QString fileOr(const QString &fallback)
    {
        if (m_next == m_arguments.size() || isNextSwitch(m_arguments[m_next]))
            return fallback;
        return m_arguments[m_next++];
    }

    /// Each /p is a press of the key: nonpaged, paged, both.
    std::optional<PoolType> poolType() const
    {
        switch (m_poolPresses % 3) {
        case 1:
            return PoolType::Nonpaged;
        case 2:
            return PoolType::Paged;
        default:
            return std::nullopt;
        }
    }

    const QStringList &m_arguments;
    qsizetype m_next = 0;
    int m_poolPresses = 0;
    PoolMonSwitches m_switches;
    Error m_error;
};

} // namespace

Result<PoolMonSwitches> poolMonSwitches(const QStringList &arguments)
{
    return Reader(arguments).read();
}

} // namespace poolscope
