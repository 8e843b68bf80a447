// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>

class QTabWidget;
class QToolButton;

namespace poolscope {

/// The middle of the window: tabs (first the live view, then what was opened) with docks around them that
/// can be moved, floated, tabbed and closed. A window within the window, so that what stands above it spans
/// the docks too. Window thread.
class Workspace : public QMainWindow
{
    Q_OBJECT

public:
    /// `liveView` becomes the first tab, which cannot be closed.
    Workspace(QWidget *liveView, QWidget *parent);
    ~Workspace() override;

    /// `name` is what the saved layout knows the dock by.
    QDockWidget *addPanel(
        const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    /// Brings a panel to the front, closed or not.
    void showPanel(const QString &name);
    /// Opens a closable tab and shows it; the workspace owns `page`.
    void openTab(QWidget *page, const QIcon &icon, const QString &title, const QString &toolTip);
    void setTabTitle(QWidget *page, const QString &title);
    void closeTab(QWidget *page);
    void closeCurrentTab();
    void showLive();
    /// False when no tab holds it.
    bool showPage(QWidget *page);
    [[nodiscard]] QWidget *currentPage() const;

    [[nodiscard]] QByteArray layoutState() const;
    /// False, and nothing changes, when the state is not one of this version.
    [[nodiscard]] bool restoreLayout(const QByteArray &state);
    /// To what it was when the panels were added. Call rememberDefault() once after the last of them.
    void resetLayout();
    void rememberDefault();

signals:
    void currentPageChanged(QWidget *page);

private:
    [[nodiscard]] QToolButton *makeCloseButton(QWidget *page);
    void removeTab(int index);

    QTabWidget *m_tabs;
    QByteArray m_defaultLayout;
};

} // namespace poolscope
