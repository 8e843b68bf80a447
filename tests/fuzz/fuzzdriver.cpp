// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs a fuzz target without libFuzzer: every file of a directory, then COUNT damaged copies of them. The
// same every time, so that a finding can be repeated under a debugger.
//     fuzz_NAME COUNT DIRECTORY

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

using Random = std::mt19937;

size_t below(Random &random, size_t limit)
{
    return limit == 0 ? 0 : std::uniform_int_distribution<size_t>(0, limit - 1)(random);
}

void run(const std::string &input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.data()), input.size());
}

std::vector<std::string> inputsIn(const std::filesystem::path &directory)
{
    // Sorted, because the order of a directory differs between machines.
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::directory_iterator(directory)) {
        if (entry.is_regular_file())
            paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    std::vector<std::string> inputs;
    for (const auto &path : paths) {
        std::ifstream file(path, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

void damageOnce(std::string &input, const std::string &other, Random &random)
{
    constexpr std::string_view Words[] = {"0", "-1", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "\n", " : ", "\"", "\\", "\\x4", "=", "\t", "\r\n", ".\n", "@ ", "{", "]",
        ","};
    const size_t at = below(random, input.size() + 1);
    const size_t length = below(random, 1 + std::min<size_t>(input.size() - at, 64));
    switch (below(random, 7)) {
    case 0:
        if (at < input.size())
            input[at] = static_cast<char>(input[at] ^ (1 << below(random, 8)));
        break;
    case 1:
        input.insert(at, 1, static_cast<char>(below(random, 256)));
        break;
    case 2:
        input.erase(at, length);
        break;
    case 3:
        input.insert(below(random, input.size() + 1), input.substr(at, length));
        break;
    case 4:
        input.replace(at, length, Words[below(random, std::size(Words))]);
        break;
    case 5:
        input.resize(at);
        break;
    case 6:
        input = input.substr(0, at) + other.substr(below(random, other.size() + 1));
        break;
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s COUNT DIRECTORY\n", argv[0]);
        return 2;
    }
    const long count = std::strtol(argv[1], nullptr, 10);
    const std::vector<std::string> inputs = inputsIn(argv[2]);
    if (inputs.empty()) {
        std::fprintf(stderr, "%s: no inputs in %s\n", argv[0], argv[2]);
        return 2;
    }
    for (const std::string &input : inputs)
        run(input);

    constexpr Random::result_type Seed = 20261122;
    Random random(Seed);
    constexpr size_t LargestInput = 256 * 1024;
    constexpr size_t MostDamages = 8;
    for (long i = 0; i < count; ++i) {
        std::string input = inputs[below(random, inputs.size())];
        for (size_t damages = 1 + below(random, MostDamages); damages > 0; --damages)
            damageOnce(input, inputs[below(random, inputs.size())], random);
        input.resize(std::min(input.size(), LargestInput));
        run(input);
    }
    std::printf("%zu inputs, %ld damaged copies: all survived\n", inputs.size(), count);
    return 0;
}
