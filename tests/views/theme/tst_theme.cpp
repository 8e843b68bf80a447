// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/theme.h"

#include "views/theme/themecolors.h"
#include "views/theme/themeicon.h"

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const QColor &color)
{
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor strongestInk(const QIcon &icon, QIcon::Mode mode)
{
    const QImage image = icon.pixmap(QSize(32, 32), mode).toImage().convertToFormat(QImage::Format_ARGB32);
    QColor strongest(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > strongest.alpha())
                strongest = image.pixelColor(x, y);
        }
    }
    return strongest;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void wordsReadBack();
    void textIsReadable_data();
    void textIsReadable();
    void choiceChangesThePalette();
    void systemFollowsTheDesktop();
    void everyIconDraws();
    void iconsFollowTheTheme();
    void unknownIconIsNull();
};

void TestTheme::wordsReadBack()
{
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark})
        QCOMPARE(themeChoiceFromWord(themeChoiceWord(choice)), choice);
    QVERIFY(!themeChoiceFromWord(u"purple"_s));
}

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
}

void TestTheme::textIsReadable()
{
    QFETCH(QPalette, palette);
    const ThemeColors colors = ThemeColors::of(palette);
    const auto role = [&palette](QPalette::ColorRole which) { return palette.color(which); };
    struct Pair
    {
        const char *what;
        QColor text, ground;
        double least;
    };
    const Pair pairs[] = {
        {"text on base", role(QPalette::Text), role(QPalette::Base), 7},
        {"text on alternate rows", role(QPalette::Text), role(QPalette::AlternateBase), 7},
        {"text on window", role(QPalette::WindowText), role(QPalette::Window), 7},
        {"button text", role(QPalette::ButtonText), role(QPalette::Button), 7},
        {"selected text", role(QPalette::HighlightedText), role(QPalette::Highlight), 4.5},
        {"tool tip", role(QPalette::ToolTipText), role(QPalette::ToolTipBase), 7},
        {"placeholder", role(QPalette::PlaceholderText), role(QPalette::Base), 4.5},
        {"link", role(QPalette::Link), role(QPalette::Window), 4.5},
        {"dim text on base", colors.dimText, role(QPalette::Base), 4.5},
        {"dim text on window", colors.dimText, role(QPalette::Window), 4.5},
        {"banner: error", colors.bannerText, colors.errorBanner, 7},
        {"banner: notice", colors.bannerText, colors.noticeBanner, 7},
        {"grew", role(QPalette::Text), colors.grewTint, 4.5},
        {"fell", role(QPalette::Text), colors.fellTint, 4.5},
        {"new", role(QPalette::Text), colors.newTint, 4.5},
    };
    for (const Pair &pair : pairs) {
        const double got = contrast(pair.text, pair.ground);
        QVERIFY2(got >= pair.least, qPrintable(u"%1: %2 : 1"_s.arg(QLatin1StringView(pair.what)).arg(got)));
    }
}

void TestTheme::choiceChangesThePalette()
{
    Theme theme;
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setChoice(ThemeChoice::Dark);
    QVERIFY(theme.isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Base), darkPalette().color(QPalette::Base));
    theme.setChoice(ThemeChoice::Light);
    QVERIFY(!theme.isDark());
    theme.setChoice(ThemeChoice::Light);
    QCOMPARE(changed.count(), 2);
    theme.setChoice(ThemeChoice::System);
    QVERIFY(!theme.isDark());
}

void TestTheme::systemFollowsTheDesktop()
{
    Theme theme;
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setDesktopDark(true);
    QVERIFY(theme.isDark());
    QCOMPARE(changed.count(), 1);
    theme.setChoice(ThemeChoice::Light);
    theme.setDesktopDark(false);
    QVERIFY(!theme.isDark());
    theme.setDesktopDark(true);
    QVERIFY(!theme.isDark());
    theme.setChoice(ThemeChoice::System);
    QVERIFY(theme.isDark());
    theme.setDesktopDark(false);
    QVERIFY(!theme.isDark());
}

void TestTheme::everyIconDraws()
{
    QVERIFY(!applicationIcon().isNull());
    const QStringList files = QDir(u":/icons"_s).entryList();
    QVERIFY(files.size() > 15);
    for (const QString &file : files) {
        const QIcon icon = themeIcon(file.chopped(4));
        QVERIFY2(strongestInk(icon, QIcon::Normal).alpha() > 200, qPrintable(file));
        QCOMPARE(icon.pixmap(QSize(16, 16), 3.0).deviceIndependentSize(), QSizeF(16, 16));
    }
}

void TestTheme::iconsFollowTheTheme()
{
    Theme theme;
    const QIcon icon = themeIcon(u"pause"_s);
    for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        theme.setChoice(choice);
        const QPalette palette = QApplication::palette();
        QCOMPARE(strongestInk(icon, QIcon::Normal), palette.color(QPalette::ButtonText));
        QCOMPARE(
            strongestInk(icon, QIcon::Disabled), palette.color(QPalette::Disabled, QPalette::ButtonText));
    }
}

void TestTheme::unknownIconIsNull()
{
    QVERIFY(themeIcon(u"no such icon"_s).isNull());
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
