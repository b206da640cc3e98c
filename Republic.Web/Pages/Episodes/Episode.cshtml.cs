using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Control;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Episodes;

/// <summary>One episode: what was said, whose turn it is, and what its owner may do about it.</summary>
public sealed class EpisodeModel(EpisodePageReader pages, EpisodeControl control, EpisodeForks forks, EpisodeEditor editor, LiveEvents live)
    : EpisodeFormPage(pages, live)
{
    /// <param name="fork">The number of a step at which a fork is begun.</param>
    public async Task<IActionResult> OnGetAsync(long? fork, CancellationToken ct)
    {
        ModelState.Clear();
        (Input.Fork.AtSeq, Open) = (fork, fork is null ? null : "fork");
        return await LoadAsync(ct) is { } failure ? this.Refuse(failure)
            : Request.IsHtmx() ? Partial("_Episode", this)
            : Page();
    }

    /// <summary>Casts the roles as the form says, and starts.</summary>
    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct)
    {
        Outcome<Guid> done = Id;
        foreach (var line in CastForm.ByRole(Input.Cast).Values.Where(line => line.Citizen is not null))
        {
            var swap = new SwapInput(line.Role, line.Citizen, line.Description ?? "");
            done = done.Ok ? await control.SwapAsync(Me, Id, timeline: null, swap, ct) : done;
        }

        return await DoneAsync(done.Ok ? await control.StartAsync(Me, Id, ct) : done, said: null, ct);
    }

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken ct) =>
        await DoneAsync(await control.PauseAsync(Me, Id, On, ct), null, ct);

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken ct)
    {
        List<FieldError> unreadable = [];
        var limits = Input.Limits.ToLimits(unreadable);
        return await DoneAsync(
            unreadable.Count > 0 ? Failure.Invalid(unreadable) : await control.ResumeAsync(Me, Id, On, limits, ct),
            null,
            ct
        );
    }

    public async Task<IActionResult> OnPostStepAsync(CancellationToken ct) =>
        await DoneAsync(await control.StepAsync(Me, Id, On, ct), null, ct);

    public async Task<IActionResult> OnPostStopAsync(CancellationToken ct) =>
        await DoneAsync(await control.StopAsync(Me, Id, On, ct), null, ct);

    public async Task<IActionResult> OnPostActAsync(CancellationToken ct) =>
        await DoneAsync(await control.ActAsync(Me, Id, On, Input.Act.ToInput(), ct), null, "act", ct);

    /// <param name="to">The name of the state that it goes on to.</param>
    public async Task<IActionResult> OnPostChooseAsync(string? to, CancellationToken ct) =>
        await DoneAsync(await control.ChooseAsync(Me, Id, On, to, ct), null, ct);

    public async Task<IActionResult> OnPostInjectAsync(CancellationToken ct) =>
        await DoneAsync(await control.InjectAsync(Me, Id, On, Input.Inject.ToInput(), ct), "It is added.", "inject", ct);

    public async Task<IActionResult> OnPostSwapAsync(CancellationToken ct) =>
        await DoneAsync(await control.SwapAsync(Me, Id, On, Input.Swap.ToInput(), ct), "The role is given.", "swap", ct);

    public async Task<IActionResult> OnPostForkAsync(CancellationToken ct)
    {
        var made = await forks.ForkAsync(Me, Id, On, Input.Fork.ToInput(), ct);
        Timeline = made.Ok ? made.Value : Timeline;
        return await DoneAsync(made, "It is forked. The fork waits for you to resume it.", "fork", ct);
    }

    public async Task<IActionResult> OnPostShowAsync(CancellationToken ct)
    {
        var done = await forks.UpdateAsync(Me, Id, On, looksBehind: false, ct);
        return await DoneAsync(done, "This timeline is the one that is shown.", ct);
    }

    public async Task<IActionResult> OnPostLookAsync(CancellationToken ct) =>
        await DoneAsync(await forks.UpdateAsync(Me, Id, timeline: null, looksBehind: true, ct), "You see what every role knows.", ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        return deleted.Ok ? Led("/episodes", "The episode is deleted.") : await DoneAsync(deleted, null, ct);
    }
}
