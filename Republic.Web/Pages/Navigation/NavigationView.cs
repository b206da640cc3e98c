using Republic.Core.Navigation;
using Republic.Core.Providers.Spending;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Navigation;

/// <summary>What the navigation of a page shows.</summary>
/// <param name="Budget">Of the person's budgets the one that is used up first; null where there is none.</param>
/// <param name="Folder">What the page belongs to: the first segment of its address, or what the page says instead.</param>
/// <param name="Path">The address of the page.</param>
public sealed record NavigationView(CurrentPerson Person, NavigationCounts Counts, BudgetStatus? Budget, string Folder, PathString Path)
{
    /// <summary>Null for pages of the person's menu, and those that belong to nothing.</summary>
    public Section? Section { get; } = Sections.Of(Folder);

    public bool IsOfPerson => Sections.OfPerson.Contains(Folder);

    public bool IsInSheet => IsOfPerson || (Section is { } section && Sections.InSheet.Contains(section.Name));

    /// <summary>Only the pages that a section begins with have its tabs; those below have a link back.</summary>
    public bool HasTabs => Section is { } section && section.Tabs.Any(tab => IsAt(tab.Address));

    /// <summary>What waits in the menu of the person.</summary>
    public int WaitingOfPerson => Counts.RefusedKeys;

    /// <summary>What waits behind More on a phone.</summary>
    public int WaitingInSheet => Counts.Episodes + Counts.Memories + WaitingOfPerson;

    public bool IsAt(string address) => Path.Equals(new PathString(address));

    /// <summary>The <c>aria-current</c> of the entry of a section.</summary>
    public string? CurrentIn(string section, string address) => Current(Section?.Name == section, address);

    /// <summary>The <c>aria-current</c> of an entry of the person's menu.</summary>
    public string? CurrentOf(string folder, string address) => Current(Folder == folder, address);

    private string? Current(bool isIn, string address) =>
        !isIn ? null
        : IsAt(address) ? "page"
        : "true";
}
