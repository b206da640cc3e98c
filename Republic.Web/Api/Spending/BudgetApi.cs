using Microsoft.AspNetCore.Mvc;
using Republic.Core.Providers.Spending;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Spending;

internal static class BudgetApi
{
    private const string Users = "user_id";

    public static void MapBudgets(this IEndpointRouteBuilder app)
    {
        var budgets = app.MapGroup("/api/users/{user_id:guid}/budgets").WithTags("Spending").RequireOwnUser().WithMetadata(new OwnAudit());
        budgets.MapGet("/", ListAsync).Produces<BudgetList>();
        budgets.MapPost("/", CreateAsync).Produces<BudgetFound>(StatusCodes.Status201Created);
        budgets.MapGet("/{id:guid}", GetAsync).Produces<BudgetFound>();
        budgets.MapPut("/{id:guid}", ChangeAsync).Produces<BudgetFound>();
        budgets.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>All of them, with how they stand this month.</summary>
    private static async Task<IResult> ListAsync(Budgets budgets, [FromRoute(Name = Users)] Guid userId, CancellationToken ct) =>
        TypedResults.Ok(new BudgetList(await budgets.ListAsync(userId, ct), null));

    /// <summary>One that a superuser sets for somebody else is <c>is_imposed</c>: that person cannot change it.</summary>
    private static async Task<IResult> CreateAsync(
        Budgets budgets,
        CurrentPerson asking,
        [FromRoute(Name = Users)] Guid userId,
        BudgetBody body,
        CancellationToken ct
    )
    {
        var input = body.ToInput();
        return input.Ok
            ? (await budgets.CreateAsync(userId, asking.Id, input.Value, ct)).ToResult(made =>
                TypedResults.Created($"/api/users/{userId}/budgets/{made.Id}", new BudgetFound(made))
            )
            : input.Failure.ToProblem();
    }

    private static async Task<IResult> GetAsync(Budgets budgets, [FromRoute(Name = Users)] Guid userId, Guid id, CancellationToken ct) =>
        (await budgets.FindAsync(userId, id, ct)).ToResult(found => TypedResults.Ok(new BudgetFound(found)));

    /// <summary>All of its limits at once; what is left out sets none. What it counts stays.</summary>
    private static async Task<IResult> ChangeAsync(
        Budgets budgets,
        CurrentPerson asking,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        BudgetBody body,
        CancellationToken ct
    )
    {
        var input = body.ToInput();
        return input.Ok
            ? (await budgets.ChangeAsync(userId, asking.Id, id, input.Value, ct)).ToResult(changed =>
                TypedResults.Ok(new BudgetFound(changed))
            )
            : input.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        Budgets budgets,
        CurrentPerson asking,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await budgets.DeleteAsync(userId, asking.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record BudgetList(IReadOnlyList<BudgetStatus> Budgets, string? NextCursor);

    internal sealed record BudgetFound(BudgetStatus Budget);
}
