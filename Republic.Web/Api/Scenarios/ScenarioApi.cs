using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Templates;
using Republic.Core.Scenarios.Yaml;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Scenarios;

/// <summary>A person's scenarios. Those of other people are not found.</summary>
internal static class ScenarioApi
{
    public static void MapScenarios(this IEndpointRouteBuilder app)
    {
        app.MapScenarioSchema();
        var scenarios = app.MapGroup("/api/scenarios").WithTags("Scenarios");
        scenarios.MapGet("/", ListAsync).Produces<ScenarioList>();
        scenarios
            .MapPost("/", CreateAsync)
            .Produces<ScenarioFound>(StatusCodes.Status201Created)
            .Accepts<ScenarioInput>("application/json");
        scenarios.MapGet("/templates", ListTemplates).Produces<TemplateList>();
        scenarios.MapGet("/{id:guid}", GetAsync).Produces<ScenarioFound>();
        scenarios.MapPut("/{id:guid}", UpdateAsync).Produces<ScenarioFound>().Accepts<ScenarioInput>("application/json");
        scenarios.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        scenarios.MapPost("/{id:guid}/archive", ArchiveAsync).Produces<ScenarioFound>();
        scenarios.MapPost("/{id:guid}/restore", RestoreAsync).Produces<ScenarioFound>();
        scenarios.MapPost("/{id:guid}/duplicate", DuplicateAsync).Produces<ScenarioFound>(StatusCodes.Status201Created);
        scenarios.MapScenarioStates();
        scenarios.MapScenarioRoles();
        scenarios.MapScenarioTransitions();
        scenarios.MapScenarioYaml();
        scenarios.MapScenarioVersions();
    }

    /// <summary>The newest first.</summary>
    /// <param name="q">Words of the name or the description.</param>
    /// <param name="archived">Only those in the archive; without, only those that are not.</param>
    private static async Task<IResult> ListAsync(
        ScenarioCards cards,
        CurrentPerson me,
        string? q,
        bool? archived,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, ScenarioCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(me.Id, q, archived ?? false, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new ScenarioList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    /// <summary>A scenario that begins and ends at once. With <c>template</c> it is as the template, but for the fields that are sent.</summary>
    private static async Task<IResult> CreateAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        CurrentPerson me,
        JsonElement body,
        CancellationToken ct
    )
    {
        var input = ScenarioInput.Read(body);
        return await CreatedAsync(input.Ok ? await editor.CreateAsync(me.Id, input.Value, known: null, ct) : input.Failure, cards, me, ct);
    }

    /// <summary>Scenarios to begin with.</summary>
    private static IResult ListTemplates() => TypedResults.Ok(new TemplateList([.. ScenarioTemplates.All.Select(TemplateCard.Of)], null));

    private static async Task<IResult> GetAsync(ScenarioCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(me.Id, id, ct)).ToResult(scenario => TypedResults.Ok(new ScenarioFound(scenario)));

    /// <summary>
    /// What is left out stays, null clears. With <c>settings_updated_at</c> it is refused where these fields were changed since: facts and
    /// limits among them, but not states and roles.
    /// </summary>
    private static async Task<IResult> UpdateAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        JsonElement body,
        CancellationToken ct
    ) => await FoundAsync(await editor.UpdateAsync(me.Id, id, current => ScenarioInput.Read(body, over: current), ct), cards, me, ct);

    /// <summary>Its versions go with it.</summary>
    private static async Task<IResult> DeleteAsync(ScenarioEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> ArchiveAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    ) => await FoundAsync(await editor.ArchiveAsync(me.Id, id, isArchived: true, ct), cards, me, ct);

    /// <summary>Takes it out of the archive.</summary>
    private static async Task<IResult> RestoreAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    ) => await FoundAsync(await editor.ArchiveAsync(me.Id, id, isArchived: false, ct), cards, me, ct);

    /// <summary>A new scenario with the same draft and no versions.</summary>
    private static async Task<IResult> DuplicateAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    ) => await CreatedAsync(await editor.DuplicateAsync(me.Id, id, known: null, ct), cards, me, ct);

    private static async Task<IResult> CreatedAsync(Outcome<Guid> made, ScenarioCards cards, CurrentPerson me, CancellationToken ct)
    {
        var card = made.Ok ? await cards.FindAsync(me.Id, made.Value, ct) : made.Failure;
        return card.ToResult(scenario => TypedResults.Created($"/api/scenarios/{scenario.Id}", new ScenarioFound(scenario)));
    }

    internal static async Task<IResult> FoundAsync(Outcome<Guid> done, ScenarioCards cards, CurrentPerson me, CancellationToken ct) =>
        done.Ok ? await GetAsync(cards, me, done.Value, ct) : done.Failure.ToProblem();

    internal sealed record ScenarioList(IReadOnlyList<ScenarioCard> Scenarios, string? NextCursor);

    internal sealed record ScenarioFound(ScenarioCard Scenario);

    internal sealed record TemplateList(IReadOnlyList<TemplateCard> Templates, string? NextCursor);

    /// <param name="Key">What <c>template</c> of a new scenario is.</param>
    /// <param name="States">Their names.</param>
    /// <param name="Roles">Their names.</param>
    internal sealed record TemplateCard(
        string Key,
        string Name,
        string? Description,
        IReadOnlyList<string> States,
        IReadOnlyList<string> Roles,
        string Yaml
    )
    {
        public static TemplateCard Of(ScenarioTemplate template)
        {
            var scenario = template.Definition;
            return new(
                template.Key,
                scenario.Name,
                scenario.Description,
                [.. scenario.States.Select(state => state.Name)],
                [.. scenario.Roles.Select(role => role.Name)],
                ScenarioYaml.Write(scenario)
            );
        }
    }
}
