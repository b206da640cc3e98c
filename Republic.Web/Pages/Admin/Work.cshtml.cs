using Microsoft.AspNetCore.Mvc;
using Republic.Core.Admin.Work;
using Republic.Core.Jobs;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin;

/// <summary>The long work of all people: that it exists, how it goes, what it costs; never what it is about.</summary>
public sealed class WorkModel(WorkReader reader, WorkControl control, HealthReader health) : SuperuserPage
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public JobStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Owner { get; set; }

    /// <summary>The last job of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public IReadOnlyList<JobLine> Jobs { get; private set; } = [];

    public IReadOnlyDictionary<JobStatus, int> Counts { get; private set; } = new Dictionary<JobStatus, int>();

    public ServerHealth Health { get; private set; } = null!;

    public IReadOnlyList<NodeLine> Nodes { get; private set; } = [];

    public IReadOnlyList<ModelLine> Models { get; private set; } = [];

    public Guid? Next { get; private set; }

    public string Sentence =>
        $"{Figures.Count(Counts.GetValueOrDefault(JobStatus.Running))} at work, {Figures.Count(Counts.GetValueOrDefault(JobStatus.Queued))} waiting, on {Figures.Count(Nodes.Count, "node")}.";

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostStopAsync(Guid id, CancellationToken ct)
    {
        var stopped = await control.StopAsync(Asking.Id, Asking.Name, id, ct);
        if (!stopped.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(stopped.Failure);
        }

        this.Toast("It is stopped.", "What it has done stays. Its owner reads who stopped it.");
        return RedirectToPage(new { Status, Owner });
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var found = await reader.ListAsync(new JobFilter(Status, Owner), After, PageSize + 1, ct);
        Jobs = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? Jobs[^1].Id : null;
        Counts = await reader.CountsAsync(Owner, ct);
        Health = await health.ReadAsync(ct);
        Nodes = await reader.NodesAsync(ct);
        Models = await reader.ModelsAsync(ct);
    }
}
