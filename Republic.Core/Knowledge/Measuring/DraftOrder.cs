using System.Text.Json;

namespace Republic.Core.Knowledge.Measuring;

internal sealed record DraftOrder(Guid Minion, int Count)
{
    public static string ToJson(DraftOrder order) => JsonSerializer.Serialize(order);

    public static DraftOrder Of(string json) => JsonSerializer.Deserialize<DraftOrder>(json)!;
}
