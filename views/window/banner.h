// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QToolButton;

namespace poolscope {

enum class BannerKind : quint8
{
    Error,
    Notice,
};

/// A button of a banner. Running it dismisses the banner.
struct BannerAction
{
    QString text;
    std::function<void()> run;
};

struct BannerContent
{
    BannerKind kind = BannerKind::Notice;
    QString text; ///< plain text: what happened, to what, what to do
    std::vector<BannerAction> actions;
    QString icon; ///< of resources/icons; empty: that of the kind
    bool closable = true; ///< false for a strip that belongs to what it stands above
};

/// A line above the table that says what happened, with buttons for what can be done about it. Never takes
/// the keyboard focus by itself; its buttons are reached with Tab.
class Banner : public QWidget
{
    Q_OBJECT

public:
    Banner(const BannerContent &content, QWidget *parent);

    [[nodiscard]] BannerKind kind() const { return m_kind; }
    [[nodiscard]] QString text() const;
    void setText(const QString &text);

signals:
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QToolButton *makeCloseButton();
    void colorText();

    BannerKind m_kind;
    QLabel *m_text;
};

} // namespace poolscope
