using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Scenarios;

/// <summary>The versions of a scenario: published, compared and made the draft again.</summary>
public sealed class VersionsModel(ScenarioDrafts drafts, ScenarioVersions versions) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The version to compare from; 0 for the draft, null for the newest version.</summary>
    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    /// <summary>The version to compare with; 0 or null for the draft.</summary>
    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    /// <summary>The last version of the previous page.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    public ScenarioDraft Draft { get; private set; } = null!;

    public IReadOnlyList<VersionCard> Versions { get; private set; } = [];

    /// <summary>The last version of this page; null where no page follows.</summary>
    public int? Older { get; private set; }

    /// <summary>Null where nothing is published yet.</summary>
    public VersionComparison? Comparison { get; private set; }

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(ct) is { } failure ? this.Refuse(failure) : Page();
    }

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        var published = await versions.PublishAsync(Me, Id, ct);
        return published.Value == Draft.Scenario.Version
            ? Done(published, $"The draft is the same as version {published.Value}, so there is nothing to publish.")
            : Done(published, $"Version {published.Value} is published.");
    }

    public async Task<IActionResult> OnPostRestoreAsync(int number, CancellationToken ct) =>
        await LoadAsync(ct) is { } failure
            ? this.Refuse(failure)
            : Done(await versions.RestoreAsync(Me, Id, number, ct), $"The draft is what version {number} is.");

    private IActionResult Done<T>(Outcome<T> done, string said)
    {
        if (!done.Ok)
        {
            return this.Refuse(done.Failure);
        }

        this.Toast(said);
        return LocalRedirect($"/scenarios/{Id}/versions");
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        var found = await drafts.FindAsync(Me, Id, ct);
        var listed = await versions.ListAsync(Me, Id, PageSize + 1, Before, ct);
        if (!found.Ok || !listed.Ok)
        {
            return found.Failure ?? listed.Failure;
        }

        Draft = found.Value;
        Versions = [.. listed.Value.Take(PageSize)];
        Older = listed.Value.Count > PageSize ? Versions[^1].Number : null;
        if (Draft.Scenario.Version is not { } newest)
        {
            return null;
        }

        var (from, to) = (From ?? newest, To ?? 0);
        var before = await versions.DefinitionAsync(Me, Id, NumberOf(from), ct);
        var after = before.Ok ? await versions.DefinitionAsync(Me, Id, NumberOf(to), ct) : before.Failure;
        Comparison = after.Ok
            ? new VersionComparison(from, to, DifferenceGroup.Of(DefinitionDifferences.Of(before.Value!, after.Value)))
            : null;
        return after.Failure;
    }

    private static int? NumberOf(int chosen) => chosen == 0 ? null : chosen;
}
