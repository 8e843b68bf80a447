// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/banner.h"

#include "views/theme/themecolors.h"
#include "views/theme/themeicon.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int IconSize = 18;

class IconLabel : public QWidget
{
public:
    IconLabel(QIcon icon, QWidget *parent)
        : QWidget(parent)
        , m_icon(std::move(icon))
    {
        setFixedSize(IconSize, IconSize);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_icon.paint(&painter, rect());
    }

private:
    QIcon m_icon;
};

} // namespace

Banner::Banner(const BannerContent &content, QWidget *parent)
    : QWidget(parent)
    , m_kind(content.kind)
    , m_text(new QLabel(content.text, this))
{
    const bool isError = m_kind == BannerKind::Error;
    setAccessibleName(isError ? tr("Error") : tr("Notice"));
    setAccessibleDescription(content.text);
    // Not Maximum: that would be the height of the text at its favourite width.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true); // as it wraps
    m_text->setSizePolicy(policy);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 6, 5);
    const QString icon = !content.icon.isEmpty() ? content.icon : isError ? u"error"_s : u"notice"_s;
    layout->addWidget(new IconLabel(themeIcon(icon), this));
    layout->addWidget(m_text, 1);
    for (const BannerAction &action : content.actions) {
        auto *button = new QPushButton(action.text, this);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            emit dismissed();
            run();
        });
        layout->addWidget(button);
    }
    if (content.closable)
        layout->addWidget(makeCloseButton());
    colorText();
}

QToolButton *Banner::makeCloseButton()
{
    auto *close = new QToolButton(this);
    close->setObjectName(u"dismiss"_s);
    close->setIcon(themeIcon(u"close"_s));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setToolTip(tr("Dismiss"));
    close->setAccessibleName(tr("Dismiss"));
    connect(close, &QToolButton::clicked, this, &Banner::dismissed);
    return close;
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::setText(const QString &text)
{
    m_text->setText(text);
    setAccessibleDescription(text);
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors colors = ThemeColors::of(palette());
    painter.fillRect(rect(), m_kind == BannerKind::Error ? colors.errorBanner : colors.noticeBanner);
    painter.fillRect(0, height() - 1, width(), 1, colors.gridLine);
}

void Banner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorText();
}

void Banner::colorText()
{
    QPalette palette = m_text->palette();
    const QColor ink = ThemeColors::of(this->palette()).bannerText;
    if (palette.color(QPalette::WindowText) == ink)
        return;
    palette.setColor(QPalette::WindowText, ink);
    m_text->setPalette(palette);
}

} // namespace poolscope
