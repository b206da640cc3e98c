using System.Text;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Minions.Models;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Versions;
using Republic.Core.Scenarios.Yaml;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Scenarios;

/// <summary>Scenarios as text, and what is wrong with them.</summary>
internal static class ScenarioYamlApi
{
    public static void MapScenarioYaml(this IEndpointRouteBuilder scenarios)
    {
        // Any type is let in: who asks is looked at before what they send.
        scenarios
            .MapPost("/yaml", ImportAsync)
            .Produces<ScenarioImported>(StatusCodes.Status201Created)
            .Accepts<string>(ScenarioText.MediaType, "*/*");
        scenarios.MapGet("/{id:guid}/yaml", ExportAsync).Produces<string>(contentType: ScenarioText.MediaType);
        scenarios.MapPut("/{id:guid}/yaml", ReplaceAsync).Produces<ScenarioImported>().Accepts<string>(ScenarioText.MediaType, "*/*");
        scenarios.MapPost("/{id:guid}/check", CheckAsync).Produces<ScenarioProblems>();
    }

    /// <summary>
    /// A new scenario of the text that is sent, with the warnings about it. A text with errors makes none: 422, with <c>problems</c> that say
    /// where each stands.
    /// </summary>
    private static async Task<IResult> ImportAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        MinionDeprecations deprecations,
        CurrentPerson me,
        HttpRequest request,
        CancellationToken ct
    )
    {
        var text = await ScenarioText.ReadAsync(request, ct);
        var made = text.Ok ? await editor.ImportAsync(me.Id, text.Value, known: null, ct) : text.Failure;
        var announced = await deprecations.ForAsync(me.Id, ct);
        var card = made.Ok ? await cards.FindAsync(me.Id, made.Value, ct) : made.Failure;
        return card.ToResult(scenario =>
            TypedResults.Created($"/api/scenarios/{scenario.Id}", Imported(scenario, text.Value!, announced, []))
        );
    }

    /// <summary>The canonical text of the draft, or of a version: the same scenario is the same text.</summary>
    /// <param name="version">The number of a version; without, the draft.</param>
    private static async Task<IResult> ExportAsync(
        ScenarioCards cards,
        ScenarioVersions versions,
        CurrentPerson me,
        Guid id,
        int? version,
        CancellationToken ct
    )
    {
        var card = await cards.FindAsync(me.Id, id, ct);
        var yaml = card.Ok ? await YamlAsync(versions, me.Id, id, version, ct) : card.Failure;
        return yaml.ToResult(text =>
            TypedResults.File(Encoding.UTF8.GetBytes(text), $"{ScenarioText.MediaType}; charset=utf-8", FileName(card.Value!.Name, version))
        );
    }

    /// <summary>The text becomes the draft. One with errors changes nothing. States and roles that keep their names keep their ids.</summary>
    /// <param name="updatedAt">Of the scenario that the text was made from: 409 where the draft was changed since.</param>
    private static async Task<IResult> ReplaceAsync(
        ScenarioEditor editor,
        ScenarioCards cards,
        ScenarioDrafts drafts,
        MinionDeprecations deprecations,
        CurrentPerson me,
        Guid id,
        [FromQuery(Name = "updated_at")] DateTimeOffset? updatedAt,
        HttpRequest request,
        CancellationToken ct
    )
    {
        if (await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen)
        {
            return unseen.Failure.ToProblem();
        }

        var text = await ScenarioText.ReadAsync(request, ct);
        var replaced = text.Ok ? await editor.ReplaceAsync(me.Id, id, text.Value, updatedAt, ct) : text.Failure;
        var announced = await deprecations.ForAsync(me.Id, ct);
        var draft = replaced.Ok ? await drafts.FindAsync(me.Id, id, ct) : replaced.Failure;
        return draft.ToResult(found =>
            TypedResults.Ok(
                Imported(found.Scenario, text.Value!, announced, [.. found.Problems.Where(problem => problem.Version is not null)])
            )
        );
    }

    /// <summary>
    /// What is wrong with the draft: with errors it cannot be published, warnings are worth a look. A problem with a <c>version</c> is one of
    /// the newest version, which episodes play until the draft is published.
    /// </summary>
    private static async Task<IResult> CheckAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await drafts.FindAsync(me.Id, id, ct)).ToResult(draft => TypedResults.Ok(new ScenarioProblems(ProblemCard.Of(draft.Problems))));

    private static async Task<Outcome<string>> YamlAsync(ScenarioVersions versions, Guid me, Guid id, int? version, CancellationToken ct)
    {
        if (version is { } number)
        {
            var published = await versions.FindAsync(me, id, number, ct);
            return published.Ok ? published.Value.Yaml : published.Failure;
        }

        var draft = await versions.DefinitionAsync(me, id, number: null, ct);
        return draft.Ok ? ScenarioYaml.Write(draft.Value) : draft.Failure;
    }

    // Only the text knows its lines: rows have none.
    private static ScenarioImported Imported(
        ScenarioCard scenario,
        string yaml,
        PersonDeprecations announced,
        IReadOnlyList<ScenarioProblem> ofVersion
    ) => new(scenario, ProblemCard.Of([.. ScenarioYaml.Read(yaml, announced).Problems, .. ofVersion]));

    private static string FileName(string scenario, int? version)
    {
        var name = (ScenarioRules.NameOf(scenario) ?? "scenario").Replace('_', '-');
        return version is { } number ? $"{name}-v{number}.yaml" : $"{name}.yaml";
    }

    internal sealed record ScenarioImported(ScenarioCard Scenario, IReadOnlyList<ProblemCard> Problems);

    internal sealed record ScenarioProblems(IReadOnlyList<ProblemCard> Problems);
}
