using Microsoft.AspNetCore.Mvc;
using Republic.Core.Admin;
using Republic.Core.Audit;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin;

/// <summary>What was done here, by whom and when.</summary>
public sealed class AuditModel(AuditReader reader, AuditLog log) : SuperuserPage
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    /// <summary>The first day, UTC.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day, UTC.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>Only entries older than the one with this number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public long? Next { get; private set; }

    /// <summary>What came of computing every hash anew; null unless it was asked for.</summary>
    public (long Count, long? Broken)? Check { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        (Who, What) = (Given(Who), Given(What));
        var until = To is { } to && to < DateOnly.MaxValue ? Start(to.AddDays(1)) : (DateTimeOffset?)null;
        var filter = new AuditFilter(null, What, From is { } from ? Start(from) : null, until, Before);
        var found = await reader.ListAsync(Who, filter, PageSize + 1, ct);
        Lines = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? Lines[^1].Entry.Number : null;
    }

    public async Task OnGetCheckAsync(CancellationToken ct)
    {
        Check = await log.VerifyAsync(ct);
        await OnGetAsync(ct);
    }

    private static string? Given(string? text) => TypedText.Plain(text)?.Trim() is { Length: > 0 } given ? given : null;

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
