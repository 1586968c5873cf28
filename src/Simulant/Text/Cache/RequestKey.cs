using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Simulant.Text.Models;

namespace Simulant.Text.Cache;

/// <summary>Which of several answers to the same question is meant.</summary>
/// <param name="Pass">How often the source had been gone through before; the index of a candidate that has no source.</param>
/// <param name="Draw">Which answer within the candidate, repeats of unusable ones counted.</param>
public readonly record struct SampleNumber(long Pass, int Draw);

/// <summary>
/// What determines an answer, in 128 bits of SHA-256: the model, the messages, the parameters that change what is drawn, and which
/// sample it is. Not the most tokens: they only say where an answer is cut off. Not the address, the time allowed or the number of
/// requests at once.
/// </summary>
public static class RequestKey
{
    public static UInt128 Of(ModelSpec model, IReadOnlyList<ChatMessage> messages, ChatOptions options, SampleNumber sample)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Text(string? text)
        {
            Span<byte> length = stackalloc byte[4];
            byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        void Number(double? value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value ?? double.NaN);
            hash.AppendData(bytes);
        }
        Text(model.Identity);
        Number(messages.Count);
        foreach (var message in messages)
        {
            Text(message.Role.Value);
            Text(message.Text);
        }
        Number(options.Temperature);
        Number(options.TopP);
        Number(options.PresencePenalty);
        Number(options.FrequencyPenalty);
        Number(options.StopSequences?.Count ?? 0);
        foreach (string stop in options.StopSequences ?? []) Text(stop);
        Text((options.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText());
        Number(sample.Pass);
        Number(sample.Draw);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    /// <summary>A seed to send with the request, so that servers that draw by a seed repeat themselves: 31 bits of the key.</summary>
    public static long Seed(UInt128 key) => (long)(ulong)(key >> 64) & int.MaxValue;

    /// <summary>As histories write it.</summary>
    public static string Shown(UInt128 key) => key.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
