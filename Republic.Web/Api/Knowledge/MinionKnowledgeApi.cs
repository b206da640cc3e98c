using Republic.Core.Answering.Links;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Knowledge;

/// <summary>Which collections a minion answers from, and through which stages.</summary>
internal static class MinionKnowledgeApi
{
    public static void MapMinionKnowledge(this IEndpointRouteBuilder app)
    {
        var knowledge = app.MapGroup("/api/minions/{id:guid}/knowledge").WithTags("Minions");
        knowledge.MapGet("/", GetAsync).Produces<KnowledgeFound>();
        knowledge.MapPut("/", SaveAsync).Produces<KnowledgeFound>();
    }

    private static async Task<IResult> GetAsync(MinionKnowledge knowledge, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await knowledge.FindAsync(person.Id, id, ct)).ToResult(card => TypedResults.Ok(new KnowledgeFound(card)));

    private static async Task<IResult> SaveAsync(
        MinionKnowledge knowledge,
        CurrentPerson person,
        Guid id,
        KnowledgeInput input,
        CancellationToken ct
    ) => (await knowledge.SaveAsync(person.Id, id, input, ct)).ToResult(card => TypedResults.Ok(new KnowledgeFound(card)));

    internal sealed record KnowledgeFound(KnowledgeCard Knowledge);
}
