using Microsoft.AspNetCore.Mvc;
using Republic.Core.Admin.People;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin;

/// <summary>Everybody who has an account.</summary>
public sealed class IndexModel(PeopleReader reader) : SuperuserPage
{
    private const int PageSize = 50;

    /// <summary>A part of a name or an e-mail address.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The last person of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public IReadOnlyList<PersonLine> People { get; private set; } = [];

    public Guid? Next { get; private set; }

    public string Sentence { get; private set; } = "";

    public Guid Me => Asking.Id;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = await reader.ListAsync(TypedText.Plain(Q), After, PageSize + 1, ct);
        People = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? People[^1].Id : null;
        var (all, deactivated) = await reader.CountAsync(ct);
        Sentence = $"{Figures.Count(all, "person", "people")}{(deactivated > 0 ? $", {Figures.Count(deactivated)} deactivated" : "")}.";
    }
}
