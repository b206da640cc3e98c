using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// Takes the first GPU that says of every operation of a training pass, on this model's types, that it can compute it; else
/// the CPU. Only the CPU's side is proven by tests, those included that copy the weights as for a GPU: no GPU was at hand.
/// </summary>
internal static class DeviceChoice
{
    /// <exception cref="LoraException">The device that the settings name cannot compute the model.</exception>
    public static TrainableDecoder Describe(WeightsFile file, DecoderArchitecture architecture, LoraShape shape, LoraModelSettings settings)
    {
        var devices = settings.Device is { } chosen ? [chosen] : ComputeDevice.All();
        var reasons = new List<string>();
        foreach (var device in devices)
        {
            var backend = new ComputeBackend(device, settings.Threads, settings.UseHostMemory);
            var decoder = new TrainableDecoder(backend, file, architecture, shape, settings);
            var missing = decoder.Unsupported();
            if (missing.Count == 0)
            {
                return decoder;
            }

            decoder.Dispose();
            reasons.Add($"{device.Name}: {string.Join(", ", missing)}");
        }

        throw new LoraException($"No device can compute what training this model needs. Missing are {string.Join("; ", reasons)}.");
    }
}
