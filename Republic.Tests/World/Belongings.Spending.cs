namespace Republic.Tests.World;

public sealed partial record Belongings
{
    private static async Task<string> BudgetAsync(Inhabitant person, TestMinion minion)
    {
        var order = new
        {
            scope = "minion",
            subject = minion.Id,
            monthly_usd = 7,
        };
        var made = await person.Api.PostAsync($"/api/users/{person.Id}/budgets", order);
        return made["budget"]!["id"]!.GetValue<string>();
    }

    private static async Task<string> PriceAsync(Inhabitant person, string marker)
    {
        var order = new
        {
            provider = "custom",
            model = $"hers-{Guid.CreateVersion7():N}",
            input = 1,
            output = 1,
            note = marker,
        };
        var made = await person.Api.PostAsync($"/api/users/{person.Id}/prices", order);
        return made["price"]!["id"]!.GetValue<string>();
    }
}
