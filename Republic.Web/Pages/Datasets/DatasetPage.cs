using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

/// <summary>What the pages of one dataset have in common: whose it is, which version is looked at, and the head with its tabs.</summary>
public abstract class DatasetPage(DatasetCards cards, DatasetRows rows) : PageModel
{
    private static readonly RowCounts None = new();

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The version to look at; nothing is the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "version")]
    public int? Asked { get; set; }

    /// <summary>The newest version when the page was opened from which something is sent.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Seen { get; set; }

    /// <summary>The tab's place in the address; empty for the first.</summary>
    public abstract string Tab { get; }

    public DatasetCard Dataset { get; private set; } = null!;

    public int Version => Asked ?? Dataset.Version;

    public bool IsNewest => Version == Dataset.Version;

    public Guid Me => CurrentPerson.From(User).Id;

    /// <summary>What came of making the version that is looked at; null while there is none.</summary>
    public RefineryResult? Result { get; private set; }

    public RowCounts Counts => Result?.Counts ?? None;

    public RefinerySettings Settings => Result?.Settings ?? new RefinerySettings();

    public bool IsWorking => Dataset.Status == DatasetStatus.Processing;

    public string Sentence =>
        Result is not null ? DatasetSentence.Of(Counts)
        : IsWorking ? "Its rows are being read."
        : "It has no rows yet.";

    /// <summary>A page of this dataset, of the version that is looked at.</summary>
    public string Address(string tab) => Address(tab, []);

    public string Address(string tab, params (string Name, object Value)[] more)
    {
        var query = IsNewest ? [] : new Dictionary<string, string?> { ["version"] = Text(Version) };
        foreach (var (name, value) in more)
        {
            query[name] = Text(value);
        }

        return $"/datasets/{Id}{(tab.Length == 0 ? "" : "/")}{tab}{QueryString.Create(query)}";
    }

    public string Download(int version) => $"/api/users/{Me}/training-datasets/{Id}/download?version={Text(version)}";

    /// <summary>Why nothing is saved from a page older than the newest version; null when there is none newer.</summary>
    protected Failure? Outdated(string kept) =>
        Seen < Dataset.Version
            ? Failure.Conflict($"Version {Dataset.Version} was made after this page was opened, so nothing was saved yet. {kept}")
            : null;

    /// <summary>The dataset of this person and the version asked for, open for as long as the request lasts.</summary>
    protected async Task<Outcome<OpenVersion?>> LoadAsync(CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        Dataset = found.Value;
        if (Dataset.Version == 0)
        {
            return Outcome<OpenVersion?>.Of(null);
        }

        var opened = await rows.OpenAsync(Me, Id, Asked, ct);
        if (!opened.Ok)
        {
            return opened.Failure;
        }

        HttpContext.Response.RegisterForDispose(opened.Value);
        Result = opened.Value.Version.Result;
        return opened.Value;
    }

    /// <summary>Loads, reads what the page shows of its version, and shows it. Without a version there is only the first page.</summary>
    protected async Task<IActionResult> ShowAsync(string partial, Func<VersionReader, Task> read, CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        if (loaded.Value is null)
        {
            return LocalRedirect($"/datasets/{Id}");
        }

        await read(loaded.Value.Reader);
        return Request.IsHtmx() ? Partial(partial, this) : Page();
    }

    private static string Text(object value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
}
