namespace Republic.Tests.World;

/// <summary>What is wrong with an adapter file on purpose.</summary>
internal sealed record AdapterFault(
    Action<Dictionary<string, object>> Keys,
    Func<(string Name, long Inputs, long Outputs), (string Name, long Inputs, long Outputs)> Tensor
)
{
    public static AdapterFault Key(string key, object? value) =>
        new(
            keys =>
            {
                keys.Remove(key);
                if (value is not null)
                {
                    keys[key] = value;
                }
            },
            tensor => tensor
        );

    public static AdapterFault Renamed(string part, string by) =>
        new(_ => { }, tensor => (tensor.Name.Replace(part, by, StringComparison.Ordinal), tensor.Inputs, tensor.Outputs));

    public static AdapterFault Resized(string name, long inputs) =>
        new(_ => { }, tensor => tensor.Name == name ? (name, inputs, tensor.Outputs) : tensor);
}
