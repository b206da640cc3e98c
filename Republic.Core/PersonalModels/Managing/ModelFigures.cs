using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.PersonalModels.Managing;

/// <summary>Figures of a model that its training and its ratings give.</summary>
internal sealed record ModelFigures
{
    /// <summary>The number of latest ratings that the score is the mean of, and the fewest of which one is shown.</summary>
    private const int MostRatings = 100;
    private const int FewestRatings = 5;

    public static ModelFigures None { get; } = new();

    public string Model { get; init; } = "";

    /// <summary>The version of trained weights that a minion answers with; where several do, the one that was deployed last.</summary>
    public int? Version { get; init; }

    /// <summary>The time at which weights were last trained on it.</summary>
    public DateTimeOffset? TrainedAt { get; init; }

    /// <summary>The mean of the latest ratings; null below five.</summary>
    public double? Score { get; init; }

    /// <summary>The figures of each of these models of the owner that has any, by one query.</summary>
    public static async Task<IReadOnlyDictionary<string, ModelFigures>> OfAsync(
        RepublicDb db,
        Guid owner,
        string provider,
        IReadOnlyList<string> names,
        CancellationToken ct
    ) =>
        await db
            .Database.SqlQuery<ModelFigures>(
                $"""
                with trained as (
                  select made.model_id as model, max(made.created_at) as at,
                    (array_agg(made.number order by made.promoted_at desc nulls last) filter (where mine.deleted_at is null and mine.provider = made.provider
                      and mine.model_id = made.model_id and mine.version = made.number and mine.adapter = made.adapter))[1] as live
                  from minion_versions made join minions mine on mine.id = made.minion_id
                  where mine.owner_id = {owner} and made.provider = {provider} and made.model_id = any({names}) and made.adapter is not null
                  group by 1
                ), rated as (
                  select said.model, given.score, row_number() over (partition by said.model order by given.updated_at desc, given.message_id) as number
                  from message_feedback given join messages said on said.id = given.message_id join minions mine on mine.id = said.author_id
                  join conversations talk on talk.id = said.conversation_id and talk.deleted_at is null
                  where given.person_id = {owner} and given.score is not null
                    and mine.owner_id = {owner} and said.provider = {provider} and said.model = any({names})
                ), scored as (
                  select model, avg(score) as mean from rated where number <= {MostRatings} group by 1 having count(*) >= {FewestRatings}
                )
                select coalesce(trained.model, scored.model) as Model, trained.live as Version, trained.at as TrainedAt, scored.mean as Score
                from trained full join scored on scored.model = trained.model
                """
            )
            .ToDictionaryAsync(figures => figures.Model, StringComparer.Ordinal, ct);
}
