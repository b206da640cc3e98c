using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Layers;

namespace Republic.Core.Lora.Weights;

/// <summary>
/// Takes the first GPU that says of every operation of a training pass, on this model's types, that it can compute it, and
/// has the memory; else the CPU. Only the CPU's side is proven by tests, those included that copy the weights as for a GPU: no GPU was at hand.
/// </summary>
internal static class DeviceChoice
{
    /// <exception cref="LoraException">The device that the settings name cannot compute the model.</exception>
    /// <exception cref="DeviceMemoryException">No device that can compute it has the memory.</exception>
    public static TrainableDecoder Open(
        WeightsFile file,
        DecoderArchitecture architecture,
        LoraShape shape,
        LoraModelSettings settings,
        CancellationToken ct
    )
    {
        var reasons = new List<string>();
        DeviceMemoryException? tooSmall = null;
        foreach (var device in settings.Device is { } chosen ? [chosen] : ComputeDevice.All())
        {
            var backend = new ComputeBackend(device, settings.Threads, settings.UseHostMemory, settings.UseOuterProducts);
            var decoder = new TrainableDecoder(backend, file, architecture, shape, settings);
            try
            {
                var missing = decoder.Unsupported();
                if (missing.Count == 0)
                {
                    decoder.Upload(ct);
                    return decoder;
                }

                reasons.Add($"{device.Name}: {string.Join(", ", missing)}");
            }
            catch (DeviceMemoryException e)
            {
                tooSmall = e;
            }
            catch
            {
                decoder.Dispose();
                throw;
            }

            decoder.Dispose();
        }

        throw tooSmall
            ?? (Exception)
                new LoraException($"No device can compute what training this model needs. Missing are {string.Join("; ", reasons)}.");
    }
}
